import { z } from "zod";
import type { InterviewScript, PartNumber, ScriptStep } from "./script.ts";

/** What happens in an interview, as a ledger; the page and the server read the same state off it. */

/** 0–9 in halves. */
const band = z
  .number()
  .min(0, "must be from 0 to 9")
  .max(9, "must be from 0 to 9")
  .refine((score) => Number.isInteger(score * 2), "must be a whole or half band");
export const criteria = ["fluency", "vocabulary", "grammar", "pronunciation"] as const;
export const bandsInProgress = z.strictObject({
  fluency: band.optional(),
  vocabulary: band.optional(),
  grammar: band.optional(),
  pronunciation: band.optional(),
});
export type BandsInProgress = z.infer<typeof bandsInProgress>;
export const bands = z.strictObject({ fluency: band, vocabulary: band, grammar: band, pronunciation: band });
export type Bands = z.infer<typeof bands>;

export const microphones = ["examiner", "candidate"] as const;
export type Microphone = (typeof microphones)[number];

/** Postgres keeps neither NUL nor half of a character pair in JSON. */
const note = z
  .string()
  .max(8000)
  .transform((text) => text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\uFFFD"));

export const entryValue = z.discriminatedUnion("kind", [
  /** The script stands here from now on. */
  z.strictObject({ kind: z.literal("step"), step: z.string().max(40) }),
  /** All of the notes, not a change to them. */
  z.strictObject({ kind: z.literal("notes"), text: note }),
  z.strictObject({ kind: z.literal("bands"), bands: bandsInProgress }),
  z.strictObject({ kind: z.literal("microphone"), side: z.enum(microphones) }),
  /** Whether sound is being kept: what the light shows. */
  z.strictObject({ kind: z.literal("recording"), on: z.boolean() }),
  /** Nobody speaks any more: clocks and recorders stop. */
  z.strictObject({ kind: z.literal("ended") }),
]);
export type EntryValue = z.infer<typeof entryValue>;

export interface LedgerEntry {
  readonly sequence: number;
  /** Milliseconds of the server's clock as the page knew it. */
  readonly madeAt: number;
  readonly value: EntryValue;
}

export interface InterviewState {
  readonly step: string | null;
  /** Every arrival at a step, in order. */
  readonly path: readonly { readonly step: string; readonly at: number }[];
  readonly notes: string;
  readonly bands: BandsInProgress;
  readonly microphone: Microphone;
  readonly recording: boolean;
  readonly endedAt: number | null;
}

export const blankState: InterviewState = {
  step: null,
  path: [],
  notes: "",
  bands: {},
  microphone: "examiner",
  recording: false,
  endedAt: null,
};

/** Of two entries the later one holds, however late it arrives. */
export function stateOf(entries: readonly LedgerEntry[]): InterviewState {
  return entries.toSorted((a, b) => a.madeAt - b.madeAt || a.sequence - b.sequence).reduce(after, blankState);
}

/** What the examiner gave when she had ended the interview; null where she had not, or a criterion is missing. */
export function givenBands({ endedAt, bands: given }: InterviewState): Bands | null {
  return endedAt === null ? null : (bands.safeParse(given).data ?? null);
}

/** As it is stored, for reading off its state. */
export function ledgerOf(rows: readonly { sequence: number; value: unknown; madeAt: Date }[]): LedgerEntry[] {
  return rows.map(({ sequence, value, madeAt }) => ({
    sequence,
    madeAt: madeAt.getTime(),
    value: entryValue.parse(value),
  }));
}

function after(state: InterviewState, { value, madeAt }: LedgerEntry): InterviewState {
  switch (value.kind) {
    case "step":
      return state.endedAt === null
        ? { ...state, step: value.step, path: [...state.path, { step: value.step, at: madeAt }] }
        : state;
    case "notes":
      return { ...state, notes: value.text };
    case "bands":
      return { ...state, bands: value.bands };
    case "microphone":
      return { ...state, microphone: value.side };
    case "recording":
      return { ...state, recording: value.on };
    case "ended":
      return { ...state, recording: false, endedAt: state.endedAt ?? madeAt };
  }
}

export interface Clocks {
  /** Since this step was arrived at. */
  readonly stepSeconds: number;
  /** In each part, all visits together. */
  readonly partSeconds: Readonly<Record<PartNumber, number>>;
  readonly totalSeconds: number;
}

export function clocksOf(state: InterviewState, script: InterviewScript, now: number): Clocks {
  const end = state.endedAt ?? now;
  const partMs = { 1: 0, 2: 0, 3: 0 };
  for (const [index, { step, at }] of state.path.entries()) {
    const part = script.steps.find(({ id }) => id === step)?.part;
    if (part) partMs[part] += Math.max(0, (state.path[index + 1]?.at ?? end) - at);
  }
  const first = state.path[0]?.at ?? end;
  const last = state.path.at(-1)?.at ?? end;
  const seconds = (ms: number): number => Math.max(0, Math.floor(ms / 1000));
  return {
    stepSeconds: seconds(end - last),
    partSeconds: { 1: seconds(partMs[1]), 2: seconds(partMs[2]), 3: seconds(partMs[3]) },
    totalSeconds: seconds(end - first),
  };
}

/** How a part or a turn stands: `short` of its least, within, or `over` its most. */
export function paceOf(seconds: number, span: { minSeconds: number; maxSeconds: number }): "short" | "within" | "over" {
  if (seconds < span.minSeconds) return "short";
  return seconds > span.maxSeconds ? "over" : "within";
}

export function stepOf(state: InterviewState, script: InterviewScript): ScriptStep | null {
  return script.steps.find(({ id }) => id === state.step) ?? null;
}

/** What lies before the candidate. */
export type CardView =
  | { readonly phase: "waiting" | "talking" | "over" }
  | {
      readonly phase: "prepare" | "speak";
      readonly since: number;
      readonly minSeconds: number;
      readonly maxSeconds: number;
    };

export function cardViewOf(state: InterviewState, script: InterviewScript): CardView {
  if (state.endedAt !== null) return { phase: "over" };
  const step = stepOf(state, script);
  if (!step) return { phase: "waiting" };
  const { kind, minSeconds, maxSeconds } = step;
  if ((kind !== "prepare" && kind !== "speak") || minSeconds === null || maxSeconds === null)
    return { phase: "talking" };
  return { phase: kind, since: state.path.at(-1)?.at ?? 0, minSeconds, maxSeconds };
}
