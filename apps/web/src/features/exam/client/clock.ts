/** The server's time as the page knows it: one reading, carried on by a clock that nobody can set. */
export interface AnchoredClock {
  readonly serverMs: number;
  /** `performance.now()` at the reading. */
  readonly pageMs: number;
  /** How uncertain the reading is: the round trip it took. */
  readonly roundTripMs: number;
}

export function serverTime(clock: AnchoredClock, pageMs: number): number {
  return Math.round(clock.serverMs + (pageMs - clock.pageMs));
}

/** A reading from a round trip: the server spoke about half-way through it. */
export function readClock(serverMs: number, sentMs: number, receivedMs: number): AnchoredClock {
  const roundTripMs = Math.max(0, receivedMs - sentMs);
  return { serverMs: serverMs + roundTripMs / 2, pageMs: receivedMs, roundTripMs };
}

/** Keeps the better of two readings; an old one loses trust by drift of a tenth of a millisecond per second. */
export function betterClock(held: AnchoredClock, read: AnchoredClock): AnchoredClock {
  const age = Math.max(0, read.pageMs - held.pageMs);
  return read.roundTripMs <= held.roundTripMs + age / 10_000 + 40 ? read : held;
}
