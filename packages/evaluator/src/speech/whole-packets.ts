/**
 * A recording whose end never arrived, as a browser leaves it that is closed while it records: the bytes up to its last whole
 * packet, in a form that demuxers accept, and whether anything had to go. A demuxer by itself drops everything since the last
 * landmark, which may be all there is.
 */
interface WholePackets {
  readonly bytes: Uint8Array;
  readonly brokenOff: boolean;
}

/** WebM, Ogg and MP4 in fragments are mended; of other kinds nothing is known here, and they come back as they are. */
export function wholePackets(bytes: Uint8Array): WholePackets {
  if (startsWith(bytes, ebmlHead)) return wholeBlocks(bytes);
  if (startsWith(bytes, oggPage)) return wholePages(bytes);
  if (nameAt(bytes, 0) === "ftyp") return wholeFragments(bytes);
  return { bytes, brokenOff: false };
}

const oggPage = [0x4f, 0x67, 0x67, 0x53];
const ebmlHead = [0x1a, 0x45, 0xdf, 0xa3];
/** Elements of WebM that hold others, as far as a block lies under them. */
const segmentId = 0x18538067;
const clusterId = 0x1f43b675;

function startsWith(bytes: Uint8Array, head: readonly number[], at = 0): boolean {
  return head.every((byte, index) => bytes[at + index] === byte);
}

interface Element {
  readonly id: number;
  readonly sizeAt: number;
  readonly dataAt: number;
  /** Null where the recorder did not know it: it ends where a next one of its level begins, or with the file. */
  readonly size: number | null;
}

/** The head of an EBML element; null where the bytes end within it, or it is none. */
function elementAt(bytes: Uint8Array, at: number): Element | null {
  const idLength = lengthOfNumber(bytes[at]);
  const sizeAt = at + idLength;
  const sizeLength = lengthOfNumber(bytes[sizeAt]);
  const dataAt = sizeAt + sizeLength;
  if (idLength === 0 || idLength > 4 || sizeLength === 0 || dataAt > bytes.length) return null;
  let id = 0;
  for (let index = at; index < sizeAt; index += 1) id = id * 256 + (bytes[index] ?? 0);
  let size = (bytes[sizeAt] ?? 0) & (0xff >> sizeLength);
  let unknown = size === 0xff >> sizeLength;
  for (let index = sizeAt + 1; index < dataAt; index += 1) {
    const byte = bytes[index] ?? 0;
    unknown &&= byte === 0xff;
    size = size * 256 + byte;
  }
  return { id, sizeAt, dataAt, size: unknown ? null : size };
}

/** How many bytes a number of variable length takes: told by its first one. */
function lengthOfNumber(first: number | undefined): number {
  return first === undefined ? 0 : Math.clz32(first) - 23 > 8 ? 0 : Math.clz32(first) - 23;
}

function wholeBlocks(bytes: Uint8Array): WholePackets {
  /** Elements that say they go on after the end, outermost first. */
  const cutShort: Element[] = [];
  let at = 0;
  while (at < bytes.length) {
    const element = elementAt(bytes, at);
    if (element === null) break;
    const end = element.size === null ? null : element.dataAt + element.size;
    const holdsOthers = element.id === segmentId || element.id === clusterId;
    if (holdsOthers && (end === null || end > bytes.length)) {
      if (end !== null) cutShort.push(element);
      at = element.dataAt;
    } else if (end === null || end > bytes.length) break;
    else at = end;
  }
  if (at >= bytes.length && cutShort.length === 0) return { bytes, brokenOff: false };
  const whole = bytes.slice(0, at);
  for (const { sizeAt, dataAt } of cutShort) {
    let left = at - dataAt;
    for (let byte = dataAt - 1; byte >= sizeAt; byte -= 1) {
      whole[byte] = left % 256;
      left = Math.floor(left / 256);
    }
    // The first byte also says how many there are.
    whole[sizeAt] = (whole[sizeAt] ?? 0) | (0x100 >> (dataAt - sizeAt));
  }
  return { bytes: whole, brokenOff: true };
}

/** Head of a page: 27 bytes, the last of which counts the lengths that follow. */
const pageHead = 27;

function wholePages(bytes: Uint8Array): WholePackets {
  let at = 0;
  while (startsWith(bytes, oggPage, at)) {
    const lengths = bytes.subarray(at + pageHead, at + pageHead + (bytes[at + pageHead - 1] ?? 0));
    const end = at + pageHead + lengths.length + lengths.reduce((sum, length) => sum + length, 0);
    if (end > bytes.length || bytes.length < at + pageHead) break;
    at = end;
  }
  return at === bytes.length ? { bytes, brokenOff: false } : { bytes: bytes.subarray(0, at), brokenOff: true };
}

/** Size and name of a box of MP4; its size follows as 64 bits where these say 1. */
const boxHead = 8;
const longBoxHead = 16;

function nameAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at + 4, at + boxHead));
}

/** Where a box ends; null where the bytes end within its head, or it is none. One without a size goes on to the end. */
function endOfBox(bytes: Uint8Array, at: number): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + boxHead > bytes.length) return null;
  const size = view.getUint32(at);
  if (size === 0) return bytes.length;
  if (size !== 1) return size < boxHead ? null : at + size;
  if (at + longBoxHead > bytes.length) return null;
  const long = Number(view.getBigUint64(at + boxHead));
  return long < longBoxHead ? null : at + long;
}

/**
 * What a recorder writes as it goes (Safari's): after the head (`moov`), whose `mvex` announces it, fragments of a box that
 * describes packets (`moof`) and one that holds them (`mdat`). One without the other is worth nothing.
 */
function wholeFragments(bytes: Uint8Array): WholePackets {
  let at = 0;
  /** Behind the last box that stands for itself. */
  let whole = 0;
  let inFragments = false;
  let described = false;
  while (at < bytes.length) {
    const end = endOfBox(bytes, at);
    if (end === null || end > bytes.length) break;
    const name = nameAt(bytes, at);
    if (name === "moov") inFragments = holdsBox(bytes, at + boxHead, end, "mvex");
    if (name === "moof") described = true;
    else if (!described || name === "mdat") {
      described = false;
      whole = end;
    }
    at = end;
  }
  // Of an MP4 in one piece, whose head may stand at its end, nothing is known here.
  return !inFragments || whole === bytes.length
    ? { bytes, brokenOff: false }
    : { bytes: bytes.subarray(0, whole), brokenOff: true };
}

function holdsBox(bytes: Uint8Array, from: number, to: number, name: string): boolean {
  for (let at = from; at < to; ) {
    if (nameAt(bytes, at) === name) return true;
    const end = endOfBox(bytes, at);
    if (end === null) return false;
    at = end;
  }
  return false;
}
