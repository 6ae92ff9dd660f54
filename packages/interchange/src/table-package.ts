import { PassThrough, type Readable } from "node:stream";
import { ZipFile } from "yazl";
import { writeCsv } from "./csv-write.ts";
import { mediaFolder } from "./write-blocks.ts";
import type { ExportItem } from "./write-item.ts";
import { addMedia } from "./zip-media.ts";

interface TableSource<Item extends ExportItem> {
  readonly items: readonly Item[];
  mediaNames(item: Item): readonly string[];
  readMedia(name: string): Promise<Uint8Array>;
  readonly at: Date;
}

/** The table itself, and beside it what it shows and which items it could not carry. */
const tableName = "items.csv";
const leftOutName = "left-out.txt";

/** A zip of `items.csv` and the recordings and pictures its rows name, in `media/`. */
export function writeTablePackage<Item extends ExportItem>({
  items,
  mediaNames,
  readMedia,
  at,
}: TableSource<Item>): {
  readonly content: Readable;
  readonly leftOut: readonly { readonly id: string; readonly reason: string }[];
} {
  const { csv, carried, leftOut } = writeCsv(items);
  const zip = new ZipFile();
  const options = { mtime: at };
  const content = new PassThrough();
  zip.outputStream.pipe(content);
  zip.on("error", (error) => content.destroy(error));
  zip.addBuffer(Buffer.from(csv, "utf8"), tableName, options);
  const told = leftOut.map(({ id, reason }) => `${id}: ${reason}\n`).join("");
  if (told !== "") zip.addBuffer(Buffer.from(told, "utf8"), leftOutName, options);
  addMedia(zip, new Set(carried.flatMap((item) => [...mediaNames(item)])), readMedia, options);
  zip.end();
  return { content, leftOut };
}

/** The one table of a zip that holds no package of QTI; null where there is none, or more than one. */
export function tableIn(names: readonly string[]): string | null {
  if (names.some((name) => /\.xml$/i.test(name))) return null;
  // What some systems add beside each file of a zip they make.
  const tables = names.filter((name) => /\.csv$/i.test(name) && !/(^|\/)(__MACOSX\/|\.)/.test(name));
  return tables.length === 1 ? (tables[0] ?? null) : null;
}

/** Where a table's recording or picture may lie: in `media/` beside it, or right beside it. */
export function mediaPlaces(table: string, name: string): string[] {
  const folder = table.replace(/[^/]*$/, "");
  return [`${folder}${mediaFolder}/${name}`, `${folder}${name}`];
}
