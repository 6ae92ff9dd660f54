/** Every decision of delivery: values and the time in, a decision out. Instants are milliseconds since 1970. */

export const attemptMoves = {
  booked: ["checked_in", "cancelled", "no_show", "voided"],
  checked_in: ["in_progress", "cancelled", "no_show", "voided"],
  in_progress: ["submitted", "voided"],
  submitted: ["marking", "marked", "voided"],
  marking: ["marked", "voided"],
  // Back only where a late answer brought something that nobody has marked yet.
  marked: ["released", "marking", "voided"],
  // After release nothing changes but by a new result.
  released: [],
  cancelled: [],
  no_show: [],
  voided: [],
} as const satisfies Record<string, readonly string[]>;
export type AttemptState = keyof typeof attemptMoves;

export function canMoveAttempt(from: AttemptState, to: AttemptState): boolean {
  const moves: readonly string[] = attemptMoves[from];
  return moves.includes(to);
}

export type Decision = { readonly ok: true } | { readonly ok: false; readonly because: string };
const yes: Decision = { ok: true };
const no = (because: string): Decision => ({ ok: false, because });

// ── Sittings and bookings ──────────────────────────────────────────────────────────────────────────────────────────

export interface SittingFacts {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly bookBefore: number;
  readonly changeBefore: number;
  readonly capacity: number;
  readonly cancelled: boolean;
}

/** @returns the field that is wrong and why, or null. */
export function sittingProblem(
  sitting: Omit<SittingFacts, "cancelled">,
  taken: number,
): { readonly field: string; readonly rule: string } | null {
  if (sitting.endsAt <= sitting.startsAt) return { field: "endsAt", rule: "must come after the start" };
  if (sitting.bookBefore > sitting.endsAt) return { field: "bookBefore", rule: "must not come after the end" };
  if (sitting.changeBefore > sitting.endsAt) return { field: "changeBefore", rule: "must not come after the end" };
  if (sitting.capacity < taken) return { field: "capacity", rule: `${taken} places are taken already` };
  return null;
}

export function decideBooking(input: {
  readonly now: number;
  readonly sitting: SittingFacts;
  readonly taken: number;
  readonly hasOpenBooking: boolean;
  /** From the bank: why there is no form without a repeat, or null. */
  readonly obstacle: string | null;
}): Decision {
  const { now, sitting } = input;
  if (sitting.cancelled) return no("This sitting has been cancelled.");
  if (now >= sitting.bookBefore || now >= sitting.endsAt) return no("Booking for this sitting has closed.");
  if (input.hasOpenBooking) return no("You already have a place in this sitting.");
  if (input.taken >= sitting.capacity) return no("The last place in this sitting has just been taken.");
  if (input.obstacle !== null) return no(input.obstacle);
  return yes;
}

/** Moving and cancelling alike: until the deadline, and only before check-in. */
export function decideChange(now: number, sitting: SittingFacts, state: AttemptState): Decision {
  if (state !== "booked") return no("This booking can no longer be changed: it is already under way or over.");
  if (now >= sitting.changeBefore) return no("The last day to change or cancel this booking has passed.");
  return yes;
}

/** The lobby's consent step opens this long before the sitting. */
export const checkInOpensSeconds = 3600;

export function ageAt(dateOfBirth: number, now: number): number {
  const birth = new Date(dateOfBirth);
  const today = new Date(now);
  const before =
    today.getUTCMonth() < birth.getUTCMonth() ||
    (today.getUTCMonth() === birth.getUTCMonth() && today.getUTCDate() < birth.getUTCDate());
  return today.getUTCFullYear() - birth.getUTCFullYear() - (before ? 1 : 0);
}

export function decideCheckIn(input: {
  readonly now: number;
  readonly sitting: SittingFacts;
  readonly state: AttemptState;
  readonly dateOfBirth: number | null;
  readonly guardianAge: number;
  readonly ofAge: boolean;
  readonly guardianName: string | null;
}): Decision {
  const { now, sitting, state } = input;
  if (state !== "booked") return no("You have checked in already, or this booking is over.");
  if (sitting.cancelled) return no("This sitting has been cancelled.");
  if (now < sitting.startsAt - checkInOpensSeconds * 1000) return no("Check-in opens an hour before the sitting.");
  if (now >= sitting.endsAt) return no("This sitting is over.");
  const { dateOfBirth, guardianAge } = input;
  const young = dateOfBirth === null ? !input.ofAge : ageAt(dateOfBirth, now) < guardianAge;
  // An age of 0 asks for no guardian at all, so the page does not ask for the candidate's word either.
  const needsGuardian = guardianAge > 0 && young;
  if (needsGuardian && !input.guardianName) {
    return no(`Under ${input.guardianAge}, a parent or guardian has to agree: give their name.`);
  }
  return yes;
}

export function decideStart(input: {
  readonly now: number;
  readonly sitting: SittingFacts;
  readonly state: AttemptState;
}): Decision {
  if (input.state === "booked") return no("Check in first: the consent step is still open.");
  if (input.state !== "checked_in") return no("This attempt has started already, or is over.");
  if (input.sitting.cancelled) return no("This sitting has been cancelled.");
  if (input.now < input.sitting.startsAt) return no("The sitting has not begun yet.");
  if (input.now >= input.sitting.endsAt) return no("The time to start in this sitting is over.");
  return yes;
}

// ── Time ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** An answer counts as made in time up to this long after the deadline: what a hand and a frame take. */
export const madeGraceMs = 2_000;
/** The sweep leaves this long for what is on its way before it closes a section itself. */
export const sweepGraceMs = 5_000;
/** Made in time and arriving this long after the closing still counts. */
export const lateArrivalMs = 24 * 3_600_000;
/** A gap this long in the service's own pulse is an outage. */
export const outageGapMs = 10_000;

/** What candidates are told of a section: its pretest tasks are among the others, and their time is in its time. */
export function sectionPlan(section: {
  readonly seconds: number;
  readonly slots: readonly { readonly count: number }[];
  readonly pretest?: { readonly count: number; readonly secondsEach: number } | undefined;
}): { readonly seconds: number; readonly items: number; readonly someUnscored: boolean } {
  const { count, secondsEach } = section.pretest ?? { count: 0, secondsEach: 0 };
  return {
    seconds: section.seconds + count * secondsEach,
    items: section.slots.reduce((sum, slot) => sum + slot.count, count),
    someUnscored: count > 0,
  };
}

export function extraTimeSeconds(baseSeconds: number, percent: number): number {
  return Math.ceil((baseSeconds * percent) / 100);
}

export function deadlineOf(openedAt: number, grantedSeconds: readonly number[]): number {
  return openedAt + grantedSeconds.reduce((sum, seconds) => sum + seconds, 0) * 1000;
}

export interface SectionFacts {
  readonly status: "not_open" | "open" | "closed";
  readonly deadline: number | null;
  readonly closedAt: number | null;
  readonly closedBy: string | null;
}

export const standings = ["counted", "late-arrival", "made-late", "alternative", "expired"] as const;
export type Standing = (typeof standings)[number];

/**
 * What becomes of an answer that arrives. It is always stored; the question is whether it counts.
 * `proven`: a signed heartbeat vouches for the time of making.
 */
export function decideStanding(input: {
  readonly now: number;
  readonly section: SectionFacts;
  readonly madeAt: number;
  readonly proven: boolean;
  readonly isWriter: boolean;
  readonly suspendedAt: number | null;
}): Standing {
  const { now, section } = input;
  // Without a proof the time of arrival is the only time we know.
  const madeAt = input.proven ? Math.min(input.madeAt, now) : now;
  // The page's clock is right to a round trip: the same grace as at a deadline.
  if (input.suspendedAt !== null && madeAt > input.suspendedAt + madeGraceMs) return "made-late";
  if (section.deadline === null) return "made-late";
  // A section its candidate closed early ends there and then.
  const end =
    section.closedBy === "candidate" && section.closedAt !== null
      ? Math.min(section.deadline, section.closedAt)
      : section.deadline;
  if (madeAt > end + madeGraceMs) return "made-late";
  const closedAt = section.closedAt ?? section.deadline;
  if (section.status === "closed" && now > closedAt + lateArrivalMs) return "expired";
  if (!input.isWriter) return "alternative";
  return section.status === "closed" || now > section.deadline + madeGraceMs ? "late-arrival" : "counted";
}

/** What a counting answer does, by how far scoring has come. */
export function decideEffect(
  state: AttemptState,
  standing: Standing,
  objective: boolean,
): { readonly project: boolean; readonly rescore: boolean; readonly review: boolean } {
  const nothing = { project: false, rescore: false, review: false };
  if (standing === "counted" && state === "in_progress") return { project: true, rescore: false, review: false };
  if (standing !== "counted" && standing !== "late-arrival") return nothing;
  if (state === "in_progress") return { project: true, rescore: false, review: false };
  if (state === "submitted" || state === "marking") {
    // A marker may already have read the text as it stood: an admin looks.
    return { project: true, rescore: objective, review: !objective && state === "marking" };
  }
  if (state === "marked") return { project: true, rescore: objective, review: true };
  if (state === "released") return { project: false, rescore: false, review: true };
  return nothing;
}

/** Seconds by which an open section was shortened by an outage of ours: 0 where they do not overlap. */
export function outageCreditSeconds(
  section: { readonly openedAt: number; readonly deadline: number },
  outage: { readonly from: number; readonly to: number },
): number {
  // It had ended before we went away; nothing was taken from it.
  if (section.deadline <= outage.from) return 0;
  const from = Math.max(section.openedAt, outage.from);
  return from >= outage.to ? 0 : Math.ceil((outage.to - from) / 1000);
}

export function isOutage(previousBeat: number, now: number): boolean {
  return now - previousBeat >= outageGapMs;
}

/** While the web process is away nothing is closed: its return first credits what was lost. */
export function mayCloseByTime(now: number, webBeat: number | null): boolean {
  return webBeat === null || now - webBeat < outageGapMs;
}

/** When the next section opens without the candidate: the pause, and what outages of ours took of it. In order of their begin. */
export function opensByItselfAt(
  previousClosedAt: number,
  pauseSeconds: number,
  outages: readonly { readonly from: number; readonly to: number }[],
): number {
  return outages.reduce(
    (opensAt, { from, to }) => {
      const begun = Math.max(from, previousClosedAt);
      return begun < opensAt && begun < to ? opensAt + (to - begun) : opensAt;
    },
    previousClosedAt + pauseSeconds * 1000,
  );
}

// ── Listening ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** How long after its length a play may still be fetched again: a reload, a dropped connection. */
export const playSlackSeconds = 45;

export function decidePlay(input: {
  readonly now: number;
  readonly limit: number;
  readonly durationSeconds: number;
  readonly plays: readonly { readonly number: number; readonly startedAt: number }[];
  readonly number: number;
}):
  | { readonly kind: "new" }
  | { readonly kind: "again"; readonly elapsedSeconds: number }
  | { readonly kind: "spent" } {
  const made = input.plays.find((play) => play.number === input.number);
  if (made) {
    const elapsed = (input.now - made.startedAt) / 1000;
    return elapsed <= input.durationSeconds + playSlackSeconds
      ? { kind: "again", elapsedSeconds: elapsed }
      : { kind: "spent" };
  }
  if (input.number > input.limit || input.plays.length >= input.limit || input.number !== input.plays.length + 1) {
    return { kind: "spent" };
  }
  return { kind: "new" };
}

/** Each turn of a dialogue may be heard, and once more where nothing was answered. */
const playsPerTurn = 2;

/** The turn, counted from 0, that a play of a dialogue is of. */
export function turnOfPlay(number: number): number {
  return Math.floor((number - 1) / playsPerTurn);
}

/** The play that begins a turn. */
export function firstPlayOf(turn: number): number {
  return turn * playsPerTurn + 1;
}

export const partnerRules = ["again", "short", "cue", "model"] as const;
/** What the partner of a conversation said beside its turns: which turn again, or which words, and by which rule. */
export interface FollowUp {
  readonly turn: number;
  readonly rule: (typeof partnerRules)[number];
  /** Null where the turn itself was heard again. */
  readonly words: string | null;
}

/** What came between the turns of a dialogue, in the order in which it came: within a turn it was heard again first. */
export function followUpsOf(item: {
  readonly plays: readonly { readonly number: number }[];
  readonly replies: readonly { readonly turn: number; readonly rule: string; readonly words: string }[];
}): FollowUp[] {
  const again = item.plays
    .map(({ number }) => ({ number, turn: turnOfPlay(number) }))
    .filter(({ number, turn }) => number !== firstPlayOf(turn))
    .map(({ turn }): FollowUp => ({ turn, rule: "again", words: null }));
  const said = item.replies.flatMap(({ rule: stored, ...reply }): FollowUp[] => {
    const rule = partnerRules.find((known) => known === stored);
    return rule ? [{ ...reply, rule }] : [];
  });
  return [...again, ...said].toSorted((a, b) => a.turn - b.turn);
}

/** As `decidePlay`, for a dialogue: turns go forward only, and the first hearing of a turn may not be passed over. */
export function decideTurnPlay(input: {
  readonly now: number;
  readonly turns: readonly { readonly durationSeconds: number }[];
  readonly plays: readonly { readonly number: number; readonly startedAt: number }[];
  readonly number: number;
}): ReturnType<typeof decidePlay> {
  const { number, plays } = input;
  const turn = turnOfPlay(number);
  const heard = Math.max(0, ...plays.map((play) => play.number));
  const repeats = number !== firstPlayOf(turn);
  const inTurn = repeats ? heard === number - 1 : heard === 0 ? turn === 0 : turnOfPlay(heard) === turn - 1;
  const made = plays.some((play) => play.number === number);
  const durationSeconds = input.turns[turn]?.durationSeconds;
  if (durationSeconds === undefined || !(made || inTurn)) return { kind: "spent" };
  // Whether one may hear it again is the same question as in any play; whether it is due has been answered.
  const own = plays.filter((play) => play.number === number).map((play) => ({ ...play, number: 1 }));
  return decidePlay({ now: input.now, limit: 1, durationSeconds, plays: own, number: 1 });
}

// ── Speaking ───────────────────────────────────────────────────────────────────────────────────────────────────────

export function decideTake(input: {
  readonly take: number;
  readonly reRecord: boolean;
  readonly takes: readonly { readonly take: number; readonly status: string }[];
  readonly standing: Standing;
}): Decision {
  if (input.standing === "made-late") return no("The time for this task is over.");
  if (input.standing === "expired") return no("This arrived too late to be kept.");
  if (input.take > 1 && !input.reRecord) return no("This task may be recorded only once.");
  if (input.takes.some((made) => made.take === input.take)) return no("This recording exists already.");
  if (input.take === 2 && !input.takes.some((made) => made.take === 1)) return no("There is no first recording yet.");
  return yes;
}

/** An interrupted upload is joined from what arrived, this long after its section closed. */
export const abandonedAfterMs = 120_000;

/** The unbroken run of chunks from the first one: what can be joined. */
export function contiguousChunks(indexes: readonly number[]): number {
  const have = new Set(indexes);
  let count = 0;
  while (have.has(count)) count += 1;
  return count;
}

/** Waveform peaks 0–100, loudest point of each of `count` equal stretches. */
export function peaksOf(samples: Float32Array, count: number): number[] {
  if (samples.length === 0) return [];
  const bins = Math.min(count, samples.length);
  const peaks: number[] = [];
  for (let bin = 0; bin < bins; bin += 1) {
    let loudest = 0;
    const end = Math.floor(((bin + 1) * samples.length) / bins);
    for (let index = Math.floor((bin * samples.length) / bins); index < end; index += 1) {
      loudest = Math.max(loudest, Math.abs(samples[index] ?? 0));
    }
    peaks.push(Math.min(100, Math.round(loudest * 100)));
  }
  return peaks;
}

/** Where sound cannot be decoded here, packet sizes stand in: louder speech takes more bytes at a variable rate. */
export function peaksFromPacketSizes(sizes: readonly number[], count: number): number[] {
  const largest = Math.max(1, ...sizes);
  return peaksOf(
    Float32Array.from(sizes, (size) => size / largest),
    count,
  );
}

/** Preparation and answer times of a task in a programme, whole seconds and never under two. */
export function taskSeconds(
  task: { readonly prepareSeconds: number; readonly answerSeconds: number },
  scale: { readonly prepareScale: number; readonly answerScale: number },
): { readonly prepareSeconds: number; readonly answerSeconds: number } {
  return {
    prepareSeconds: Math.max(2, Math.round(task.prepareSeconds * scale.prepareScale)),
    answerSeconds: Math.max(2, Math.round(task.answerSeconds * scale.answerScale)),
  };
}

/** A recorder stops with the clock; what a slow one adds is less than this. */
const overrunSeconds = 5;

/** Whether an answer is longer than the time its task gives: then whoever made it did not use our page alone. */
export function isOverlong(durationSeconds: number, answerSeconds: number): boolean {
  return durationSeconds > answerSeconds * 1.05 + overrunSeconds;
}
