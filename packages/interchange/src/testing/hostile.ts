import { crc32, deflateRawSync } from "node:zlib";

/** Files made to do harm, built in memory: what a reader must refuse in one line and at no cost. */

interface RawEntry {
  readonly name: string;
  readonly content: Uint8Array;
  /** The size the directory claims. */
  readonly claimed?: number;
  /** Unix mode in the directory: 0o120777 is a link. */
  readonly mode?: number;
}

/** A zip written byte by byte, so that it may lie. */
export function rawZip(entries: readonly RawEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  const packedOnce = new Map<Uint8Array, Buffer>();
  let offset = 0;
  for (const { name, content, claimed, mode = 0o100644 } of entries) {
    const file = Buffer.from(name, "utf8");
    const packed = packedOnce.get(content) ?? deflateRawSync(content, { level: 9 });
    packedOnce.set(content, packed);
    const size = claimed ?? content.byteLength;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(0x00210000, 6);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.byteLength, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(file.byteLength, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, file, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((mode & 0xffff) << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    // Made on Unix, so that the mode counts.
    directory.push(Buffer.concat([Buffer.from("PK\u0001\u0002"), Buffer.from([20, 3]), common, rest, file]));
    parts.push(local);
    offset += local.byteLength;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.byteLength, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

const item = (inside: string): Buffer =>
  Buffer.from(`<assessmentItem identifier="hostile" title="t"><itemBody>${inside}</itemBody></assessmentItem>`);

const entities = Array.from({ length: 9 }, (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`);
export const entityBomb = Buffer.from(
  `<?xml version="1.0"?><!DOCTYPE assessmentItem [<!ENTITY e0 "ha">${entities.join("")}]><assessmentItem identifier="x"><itemBody><p>&e9;</p></itemBody></assessmentItem>`,
);
export const outsideEntity = Buffer.from(
  `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY secret SYSTEM "file:///etc/passwd">]><assessmentItem identifier="x"><itemBody><p>&secret;</p></itemBody></assessmentItem>`,
);
export const deepTree = item(`${"<div>".repeat(200_000)}x${"</div>".repeat(200_000)}`);
export const wideTree = item("<br/>".repeat(500_000));

const good = { name: "item.xml", content: item("<p>Hello</p>") };
const zeros = (megabytes: number): Buffer => Buffer.alloc(megabytes * 1_000_000);

/** By what each does; a part of the refusal follows. */
export const hostileZips: Readonly<Record<string, { readonly make: () => Buffer; readonly says: RegExp }>> = {
  "a zip bomb": { make: () => rawZip([good, { name: "big.xml", content: zeros(35) }]), says: /150 to 1/ },
  "many small bombs": {
    make: () => {
      const content = zeros(0.99);
      return rawZip(Array.from({ length: 1_100 }, (_, index) => ({ name: `f${index}.xml`, content })));
    },
    says: /unpacks to more than/,
  },
  "a claim of one gigabyte": {
    make: () => rawZip([{ ...good, claimed: 1_000_000_000 }]),
    says: /says it unpacks to 1000 MB/,
  },
  "a file larger than it says": {
    make: () => rawZip([{ name: "a.xml", content: zeros(1), claimed: 10 }]),
    says: /not a readable zip/,
  },
  "a link": {
    make: () => rawZip([good, { name: "link", content: Buffer.from("/etc/passwd"), mode: 0o120777 }]),
    says: /is a link/,
  },
  "a device": {
    make: () => rawZip([{ name: "dev", content: Buffer.alloc(0), mode: 0o020666 }]),
    says: /neither file nor folder/,
  },
  "a way out": { make: () => rawZip([{ ...good, name: "../../item.xml" }]), says: /invalid relative path/ },
  "an absolute name": { make: () => rawZip([{ ...good, name: "/etc/item.xml" }]), says: /absolute path/ },
  "a drive": { make: () => rawZip([{ ...good, name: "C:/item.xml" }]), says: /absolute path|no part of file names/ },
  backslashes: { make: () => rawZip([{ ...good, name: "..\\item.xml" }]), says: /invalid characters/ },
  "one name twice": { make: () => rawZip([good, good]), says: /twice/ },
  "names that differ by case": {
    make: () => rawZip([good, { ...good, name: "ITEM.xml" }]),
    says: /cannot be told from/,
  },
  "a cut zip": {
    make: () => rawZip([good, { name: "b.xml", content: zeros(1) }]).subarray(0, -60),
    says: /not a readable zip/,
  },
  "too many files": {
    make: () => rawZip(Array.from({ length: 20_001 }, (_, index) => ({ name: `f${index}`, content: Buffer.alloc(0) }))),
    says: /20001 files/,
  },
  "no zip at all": { make: () => Buffer.from("GIF89a hello"), says: /not a readable zip/ },
};
