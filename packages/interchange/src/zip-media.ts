import { Readable } from "node:stream";
import type { ZipFile } from "yazl";
import { mediaFolder } from "./write-blocks.ts";

/** Puts media into a zip, each read when the zip has got so far: a bank's recordings need not be in memory together. */
export function addMedia(
  zip: ZipFile,
  names: Iterable<string>,
  readMedia: (name: string) => Promise<Uint8Array>,
  options: { readonly mtime: Date },
): void {
  for (const name of names) {
    zip.addReadStreamLazy(`${mediaFolder}/${name}`, { ...options, compress: name.endsWith(".svg") }, (give) => {
      readMedia(name).then(
        (content) => give(null, Readable.from([Buffer.from(content)])),
        (error: unknown) => give(error, Readable.from([])),
      );
    });
  }
}
