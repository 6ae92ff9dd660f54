import type { Context } from "../kernel/context.ts";
import { mentions } from "./cue-rules.ts";

/** What a page sends of an answer: 16 bits a sample, one channel. */
const spokenRate = 16_000;
/**
 * A page waits six seconds for its partner. Until when, counted from the beginning, an answer has to be heard, a model to have
 * thought, and its words to be spoken; what is left of the six is the way there and back.
 */
const heardByMs = 4_000;
const thoughtByMs = 5_000;
const spokenByMs = 5_500;

/** A turn of a conversation, and what its answer is held against. */
interface AnsweredTurn {
  readonly situation: string;
  readonly speaker: string;
  readonly text: string;
  readonly cue:
    | {
        /** Words any of which an answer to this turn is expected to hold. */
        readonly words: readonly string[];
        /** What the partner says where none of them was heard. */
        readonly otherwise: string;
      }
    | undefined;
  /** Its candidate agrees that the words go to the language model. */
  readonly mayLeave: boolean;
}

interface Reply {
  readonly rule: "cue" | "model";
  readonly words: string;
  readonly saidBy: string | null;
}

type Listener = Pick<Context, "speechToText" | "partner" | "partnerVoice" | "settings" | "log">;

/** Whether there is a speech-to-text that answers while somebody waits. Whisper on this machine would hold up this process. */
export function listensAtOnce({ speechToText, settings }: Pick<Listener, "speechToText" | "settings">): boolean {
  return speechToText !== null && settings.speechToText?.kind !== "whisper";
}

/** Whether a language model is the partner of this programme's conversations, for candidates who agree. */
export function hasModel({ partner, settings }: Pick<Listener, "partner" | "settings">, programme: string): boolean {
  return partner !== null && (settings.partner?.programmes.includes(programme) ?? false);
}

/** To which turns a partner listens: those whose task names words, or with a model to all. */
export function hearsHere(
  context: Omit<Listener, "log" | "partnerVoice">,
  { programme, agreed }: { readonly programme: string; readonly agreed: boolean },
): "none" | "cued" | "all" {
  if (!listensAtOnce(context)) return "none";
  return agreed && hasModel(context, programme) ? "all" : "cued";
}

/**
 * What the partner asks back after an answer: a model's question where there is one, else by the words that the task names. Null
 * where the answer held what was expected, and wherever that cannot be known in time: a service that is away must never hold up an
 * exam. `sound` holds the words as MP3 where there is a voice.
 */
export async function replyTo(
  context: Listener,
  turn: AnsweredTurn,
  samples: Uint8Array,
): Promise<(Reply & { readonly sound: Uint8Array | null }) | null> {
  const { speechToText, partner, partnerVoice, log } = context;
  if (!speechToText || !listensAtOnce(context) || (!turn.cue && !turn.mayLeave)) return null;
  const begun = performance.now();
  const failed = (what: string) => (error: unknown) => log.info({ err: error }, `a partner ${what}`);
  const until = <T>(ms: number, what: string, work: (signal: AbortSignal) => Promise<T>) =>
    within(ms - (performance.now() - begun), work, failed(what));

  const heard = await until(heardByMs, "did not hear an answer", (signal) =>
    speechToText.transcribe(soundOf(samples), { signal }),
  );
  if (heard === null) return null;
  const { situation, speaker, text: said } = turn;
  const answer = heard.text.trim();
  const thought =
    partner && turn.mayLeave && answer !== ""
      ? await until(thoughtByMs, "had no model to think with", async (signal) => ({
          question: await partner.ask({ situation, speaker, said, answer }, signal),
          saidBy: `${partner.version.model} ${partner.version.hash}`,
        }))
      : null;
  const reply = thought ? askedBy(thought) : cued(turn, answer);
  if (reply === null) return null;
  const sound = partnerVoice
    ? await until(spokenByMs, "had no voice", (signal) => partnerVoice.speak(reply.words, signal))
    : null;
  return { ...reply, sound: sound?.bytes ?? null };
}

function askedBy({ question, saidBy }: { question: string | null; saidBy: string }): Reply | null {
  return question === null ? null : { rule: "model", words: question, saidBy };
}

function cued({ cue }: AnsweredTurn, answer: string): Reply | null {
  return !cue || mentions(answer, cue.words) ? null : { rule: "cue", words: cue.otherwise, saidBy: null };
}

/** What comes of work in so many milliseconds; null where it fails or is late, whether it listens to its signal or not. */
async function within<T>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
  onFailure: (error: unknown) => void,
): Promise<T | null> {
  const own = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), Math.max(0, milliseconds));
  });
  const done = work(own.signal).catch((error: unknown) => {
    onFailure(error);
    return null;
  });
  try {
    return await Promise.race([late, done]);
  } finally {
    clearTimeout(timer);
    own.abort();
  }
}

function soundOf(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = Float32Array.from(
    { length: Math.floor(bytes.byteLength / 2) },
    (_, at) => view.getInt16(at * 2, true) / 32_768,
  );
  return { samples, durationSeconds: samples.length / spokenRate, brokenOff: false };
}
