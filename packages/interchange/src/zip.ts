import { type Entry, fromBufferPromise, openPromise, type ZipFile } from "yauzl";
import { limits } from "./limits.ts";
import { Refusal } from "./refusal.ts";

/** A zip whose whole list of contents was found harmless. Files are unpacked one by one when asked for. */
export interface Archive {
  readonly names: readonly string[];
  has(name: string): boolean;
  read(name: string): Promise<Uint8Array>;
  close(): void;
}

/**
 * Opens a zip by path or bytes and checks every entry before anything is unpacked: caps on number, size and packing ratio;
 * no links or special files, no encryption, no name that leaves the folder, no two names a file system could confuse.
 *
 * @throws Refusal naming the entry
 */
export async function openZip(source: string | Uint8Array, file: string): Promise<Archive> {
  const zip = await refusing(file, async () => {
    const options = { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true };
    return typeof source === "string"
      ? openPromise(source, options)
      : fromBufferPromise(Buffer.from(source.buffer, source.byteOffset, source.byteLength), options);
  });
  try {
    const entries = await refusing(file, () => checkedEntries(zip, file));
    return {
      names: [...entries.keys()],
      has: (name) => entries.has(name),
      read: async (name) => {
        const entry = entries.get(name);
        if (entry === undefined) throw new Refusal(`${file}!${name}`, "is not in the package");
        return refusing(`${file}!${name}`, () => unpack(zip, entry, `${file}!${name}`));
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function refusing<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(file, `is not a readable zip: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

async function checkedEntries(zip: ZipFile, file: string): Promise<Map<string, Entry>> {
  if (zip.fileSize > limits.packageBytes)
    throw new Refusal(file, `is larger than ${limits.packageBytes / 1_000_000} MB`);
  if (zip.entryCount > limits.entries)
    throw new Refusal(file, `says it holds ${zip.entryCount} files; ${limits.entries} are read`);
  const entries = new Map<string, Entry>();
  const folded = new Map<string, string>();
  let packed = 0;
  let unpacked = 0;
  for await (const entry of eachEntry(zip)) {
    const name = entry.fileName;
    const where = `${file}!${name}`;
    refuseOddEntry(entry, where);
    // Windows and macOS take these for one file; a report that names one of two would mislead.
    const twin = name.normalize("NFC").toLowerCase().replace(/\/$/, "");
    const earlier = folded.get(twin);
    if (earlier !== undefined)
      throw new Refusal(where, earlier === name ? "is in the package twice" : `cannot be told from ${earlier}`);
    folded.set(twin, name);
    packed += entry.compressedSize;
    unpacked += entry.uncompressedSize;
    // Entries that share their packed bytes are how a small zip claims to hold a large one.
    if (packed > zip.fileSize) throw new Refusal(where, "overlaps other files of the package");
    if (unpacked > limits.unpackedBytes)
      throw new Refusal(file, `unpacks to more than ${limits.unpackedBytes / 1_000_000} MB`);
    if (!name.endsWith("/")) entries.set(name, entry);
  }
  return entries;
}

async function* eachEntry(zip: ZipFile): AsyncGenerator<Entry> {
  let settle: (next: Entry | null | Error) => void = () => {};
  zip.on("entry", (entry) => settle(entry));
  zip.on("end", () => settle(null));
  zip.on("error", (error) => settle(error));
  for (;;) {
    const next = await new Promise<Entry | null | Error>((resolve) => {
      settle = resolve;
      zip.readEntry();
    });
    if (next === null) return;
    if (next instanceof Error) throw next;
    yield next;
  }
}

function refuseOddEntry(entry: Entry, where: string): void {
  const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (kind === 0o120000) throw new Refusal(where, "is a link");
  if (kind !== 0 && kind !== 0o100000 && kind !== 0o040000) throw new Refusal(where, "is neither file nor folder");
  if (entry.isEncrypted()) throw new Refusal(where, "is encrypted");
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    throw new Refusal(where, "is packed in a way that is not read");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  if (/[\u0000-\u001f\u007f:*?"<>|]/.test(entry.fileName))
    throw new Refusal(where, "has a name with characters that are no part of file names");
  if (entry.uncompressedSize > limits.entryBytes) {
    throw new Refusal(
      where,
      `says it unpacks to ${Math.round(entry.uncompressedSize / 1_000_000)} MB; ${limits.entryBytes / 1_000_000} MB are read`,
    );
  }
  if (
    entry.uncompressedSize > limits.packingRatioFrom &&
    entry.uncompressedSize > entry.compressedSize * limits.packingRatio
  ) {
    throw new Refusal(where, `is packed more than ${limits.packingRatio} to 1, as only a bomb is`);
  }
}

async function unpack(zip: ZipFile, entry: Entry, where: string): Promise<Uint8Array> {
  const stream = await zip.openReadStreamPromise(entry);
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    bytes += piece.byteLength;
    if (bytes > limits.entryBytes) {
      stream.destroy();
      throw new Refusal(where, "unpacks to more than it says");
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
