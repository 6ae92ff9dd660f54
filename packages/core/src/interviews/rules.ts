/** Every decision about interviews: values and the time in, a decision out. Instants are milliseconds since 1970. */

export type Decision = { readonly ok: true } | { readonly ok: false; readonly because: string };
const yes: Decision = { ok: true };
const no = (because: string): Decision => ({ ok: false, because });

const minuteMs = 60_000;

// ── Slots ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Span {
  readonly startsAt: number;
  readonly endsAt: number;
}

export function overlaps(one: Span, other: Span): boolean {
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt;
}

/** Times on a clock as minutes from midnight, one every `every` minutes; the last slot ends by `until`. */
export function slotMinutes(day: { from: number; until: number; every: number; length: number }): number[] {
  const starts: number[] = [];
  for (let start = day.from; start + day.length <= day.until; start += Math.max(1, day.every)) starts.push(start);
  return starts;
}

/** What stands against opening these slots for one examiner; null where nothing does. */
export function slotsProblem(input: {
  readonly now: number;
  readonly wanted: readonly Span[];
  /** Her other slots about that time. */
  readonly taken: readonly Span[];
}): { readonly startsAt: number; readonly rule: string } | null {
  const sorted = input.wanted.toSorted((a, b) => a.startsAt - b.startsAt);
  for (const [index, slot] of sorted.entries()) {
    if (slot.startsAt <= input.now) return { startsAt: slot.startsAt, rule: "is past" };
    const next = sorted[index + 1];
    if (next && overlaps(slot, next)) return { startsAt: next.startsAt, rule: "begins before another one ends" };
    if (input.taken.some((other) => overlaps(slot, other))) {
      return { startsAt: slot.startsAt, rule: "meets another slot of this examiner" };
    }
  }
  return null;
}

// ── Meeting ────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Identity documents print names in capitals, often without accents, and hyphens come and go: none of these makes another
 * name. A name more or less, a letter more or less, or another order does.
 */
export function isSameName(booked: string, onDocument: string): boolean {
  return plainName(booked) !== "" && plainName(booked) === plainName(onDocument);
}

function plainName(name: string): string {
  return (
    name
      .normalize("NFKD")
      .replace(/\p{Mark}/gu, "")
      .toLowerCase()
      // Letters that do not fall apart into a base and a mark, as the machine-readable zone spells them.
      .replace(/ß/gu, "ss")
      .replace(/ø/gu, "o")
      .replace(/ł/gu, "l")
      .replace(/đ/gu, "d")
      .replace(/æ/gu, "ae")
      .replace(/œ/gu, "oe")
      .replace(/ı/gu, "i")
      .replace(/[’'ʼ`.]/gu, "")
      .replace(/[\s\p{Dash}]+/gu, " ")
      .trim()
  );
}

/** An examiner who is ahead of her list may begin this much earlier, if the candidate is there. */
export const beginEarlyMs = 15 * minuteMs;
/** A candidate who is not there is waited for this long. */
export const absentAfterMs = 10 * minuteMs;

export function decideBegin(input: {
  readonly now: number;
  readonly slot: Span;
  readonly cancelled: boolean;
  readonly state: string;
}): Decision {
  if (input.cancelled) return no("This slot has been withdrawn.");
  if (input.state === "booked") return no("Check the candidate’s identity first.");
  if (input.state !== "checked_in") return no("This interview has begun already, or is over.");
  if (input.now < input.slot.startsAt - beginEarlyMs)
    return no("An interview begins a quarter of an hour early at most.");
  if (input.now >= input.slot.endsAt) return no("The time of this slot is over.");
  return yes;
}

export const turnAwayReasons = ["absent", "identity", "no-consent"] as const;
export type TurnAwayReason = (typeof turnAwayReasons)[number];

export function decideTurnAway(input: {
  readonly now: number;
  readonly startsAt: number;
  readonly state: string;
  readonly because: TurnAwayReason;
}): Decision {
  if (input.state !== "booked" && input.state !== "checked_in")
    return no("This interview has begun already, or is over.");
  if (input.now < input.startsAt - beginEarlyMs) return no("It is too early: nobody is to be here yet.");
  if (input.because === "absent" && input.now < input.startsAt + absentAfterMs) {
    return no("Wait ten minutes from the booked time before you mark the candidate as absent.");
  }
  return yes;
}

// ── Left behind ────────────────────────────────────────────────────────────────────────────────────────────────────

/** So long after its booked end an interview that nobody has finished is not just late. */
export const unfinishedAfterMs = 2 * 3_600_000;
/** Sound is joined within this time of the final marks; what is not there then is not waited for. */
export const joinWithinMs = 15 * minuteMs;

// ── Marks ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** How long an examiner may still change her marks where the programme says nothing else. */
export const coolingOffSecondsDefault = 600;

export function decideAmend(input: {
  readonly now: number;
  readonly status: string;
  readonly amendableUntil: number | null;
}): Decision {
  if (input.status !== "cooling_off") return no("These marks are final.");
  if (input.amendableUntil !== null && input.now >= input.amendableUntil)
    return no("The time to change these marks is over.");
  return yes;
}
