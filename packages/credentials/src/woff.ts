import { inflateSync } from "node:zlib";

/**
 * A WOFF 1.0 file as the plain font it wraps (W3C WOFF, sections 3–5). Fontkit reads WOFF too, but inflates the outlines
 * anew for each glyph it embeds: unwrapping once makes a certificate fifty times cheaper.
 */
export function unpackWoff(woff: Uint8Array): Buffer {
  const source = Buffer.from(woff.buffer, woff.byteOffset, woff.byteLength);
  if (source.toString("latin1", 0, 4) !== "wOFF") throw new Error("not a WOFF file");
  const count = source.readUInt16BE(12);
  const directory = Buffer.alloc(12 + 16 * count);
  source.copy(directory, 0, 4, 8);
  directory.writeUInt16BE(count, 4);
  const power = Math.floor(Math.log2(count));
  directory.writeUInt16BE(16 * 2 ** power, 6);
  directory.writeUInt16BE(power, 8);
  directory.writeUInt16BE(16 * (count - 2 ** power), 10);
  const parts: Buffer[] = [directory];
  let offset = directory.length;
  for (let index = 0; index < count; index += 1) {
    const entry = 44 + 20 * index;
    const start = source.readUInt32BE(entry + 4);
    const packedLength = source.readUInt32BE(entry + 8);
    const length = source.readUInt32BE(entry + 12);
    const packed = source.subarray(start, start + packedLength);
    const table = packedLength < length ? inflateSync(packed) : packed;
    if (table.length !== length) throw new Error("a damaged WOFF file");
    const at = 12 + 16 * index;
    source.copy(directory, at, entry, entry + 4);
    source.copy(directory, at + 4, entry + 16, entry + 20);
    directory.writeUInt32BE(offset, at + 8);
    directory.writeUInt32BE(length, at + 12);
    // Tables begin at multiples of four.
    const padded = Buffer.alloc((length + 3) & ~3);
    table.copy(padded);
    parts.push(padded);
    offset += padded.length;
  }
  return Buffer.concat(parts);
}
