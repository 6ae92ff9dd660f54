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
  if (startsWith(bytes, mp4Head, 4)) return wholeFragments(bytes);
  return { bytes, brokenOff: false };
}

const oggPage = [0x4f, 0x67, 0x67, 0x53];
/** `ftyp`, behind the size of the first box. */
const mp4Head = [0x66, 0x74, 0x79, 0x70];
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
/** Names of boxes as the numbers that their letters are. */
const [moov, mvex, moof, mdat] = [0x6d6f6f76, 0x6d766578, 0x6d6f6f66, 0x6d646174];

interface Box {
  readonly name: number;
  readonly end: number;
}

/** The box at a place; null where the bytes end within its head, or it is none. One without a size goes on to the end. */
function boxAt(view: DataView, at: number): Box | null {
  if (at + boxHead > view.byteLength) return null;
  const size = view.getUint32(at);
  const name = view.getUint32(at + 4);
  if (size === 0) return { name, end: view.byteLength };
  if (size !== 1) return size < boxHead ? null : { name, end: at + size };
  if (at + longBoxHead > view.byteLength) return null;
  const long = Number(view.getBigUint64(at + boxHead));
  return long < longBoxHead ? null : { name, end: at + long };
}

/**
 * What a recorder writes as it goes (Safari's): after the head (`moov`), whose `mvex` announces it, fragments of a box that
 * describes packets (`moof`) and one that holds them (`mdat`). One without the other is worth nothing.
 */
function wholeFragments(bytes: Uint8Array): WholePackets {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  /** Behind the last box that stands for itself. */
  let whole = 0;
  let inFragments = false;
  let described = false;
  while (at < bytes.length) {
    const box = boxAt(view, at);
    if (box === null || box.end > bytes.length) break;
    const { name, end } = box;
    if (name === moov) inFragments = holdsBox(view, at + boxHead, end, mvex);
    if (name === moof) described = true;
    else if (!described || name === mdat) {
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

function holdsBox(view: DataView, from: number, to: number, name: number): boolean {
  for (let at = from; at < to; ) {
    const box = boxAt(view, at);
    if (box === null) return false;
    if (box.name === name) return true;
    at = box.end;
  }
  return false;
}
