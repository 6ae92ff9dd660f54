/**
 * Seconds of sound that travel together: a request each second would cost the server more than the sound itself. The
 * browser's store has every second at once; only a computer that dies for good takes with it what has not travelled yet.
 */
export const secondsTogether = 45;
/** A page that comes back after long silence: what waits goes out in parts that the server takes. */
const bytesTogether = 500_000;

/** One second as the recorder gave it. `upload` is the number of the piece it travels in, once that is settled. */
export interface Second {
  readonly index: number;
  readonly upload: number | null;
  readonly sent: boolean;
  readonly content: { readonly byteLength: number };
}

/**
 * Settles which of the seconds that still wait travel together. What a piece holds never changes once it may have been
 * sent: a repeat after a lost answer must be the same bytes, or the server would refuse it. Hence a settled second is
 * never settled anew, however many more have come meanwhile.
 *
 * @param over the recorder has stopped: what is left goes, however short.
 * @returns the newly settled seconds.
 */
export function settlePieces<S extends Second>(seconds: readonly S[], over: boolean): S[] {
  const waiting = seconds.filter((second) => second.upload === null);
  if (waiting.length === 0 || (!over && waiting.length < secondsTogether)) return [];
  let upload = pieceCount(seconds);
  let bytes = 0;
  return waiting.map((second) => {
    if (bytes > 0 && bytes + second.content.byteLength > bytesTogether) {
      upload += 1;
      bytes = 0;
    }
    bytes += second.content.byteLength;
    return { ...second, upload };
  });
}

export function pieceCount(seconds: readonly Second[]): number {
  return Math.max(-1, ...seconds.map((second) => second.upload ?? -1)) + 1;
}

/**
 * The pieces the server has not acknowledged, each with its seconds in order. Where it has them all but was not told yet
 * how many they are, for the recorder stopped just then: the last one once more, to say so.
 */
export function piecesToSend<S extends Second>(seconds: readonly S[], over: boolean): Map<number, S[]> {
  const unsent = seconds.filter((second) => !second.sent);
  const last = pieceCount(seconds) - 1;
  const due = unsent.length === 0 && over ? seconds.filter((second) => second.upload === last) : unsent;
  const pieces = new Map<number, S[]>();
  for (const second of due) {
    if (second.upload === null) continue;
    const piece = pieces.get(second.upload);
    if (piece) piece.push(second);
    else pieces.set(second.upload, [second]);
  }
  return pieces;
}

export function joinSeconds(seconds: readonly { readonly content: ArrayBuffer }[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(seconds.reduce((sum, second) => sum + second.content.byteLength, 0));
  let at = 0;
  for (const { content } of seconds) {
    joined.set(new Uint8Array(content), at);
    at += content.byteLength;
  }
  return joined;
}
