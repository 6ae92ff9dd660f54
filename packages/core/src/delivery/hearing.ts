import type { Context } from "../kernel/context.ts";
import { mentions } from "./cue-rules.ts";

/** What a page sends of an answer: 16 bits a sample, one channel. */
const spokenRate = 16_000;
/** The partner of a conversation thinks no longer than this. */
const patienceMs = 4_000;

interface Cue {
  /** Words any of which an answer to this turn is expected to hold. */
  readonly words: readonly string[];
  /** What the partner says where none of them was heard. */
  readonly otherwise: string;
}

type Listener = Pick<Context, "speechToText" | "settings" | "log">;

/** Whether there is a speech-to-text that answers while somebody waits. Whisper on this machine would hold up this process. */
export function listensAtOnce({ speechToText, settings }: Omit<Listener, "log">): boolean {
  return speechToText !== null && settings.speechToText?.kind !== "whisper";
}

/**
 * What the partner asks back after an answer: null where it held what was expected, and wherever that cannot be known within the
 * partner's patience. A service that is away must never hold up an exam.
 */
export async function asksBack(context: Listener, cue: Cue | undefined, samples: Uint8Array): Promise<string | null> {
  const { speechToText, log } = context;
  if (!cue || !speechToText || !listensAtOnce(context)) return null;
  const signal = AbortSignal.timeout(patienceMs);
  const late = new Promise<null>((resolve) => signal.addEventListener("abort", () => resolve(null), { once: true }));
  const heard = await Promise.race([
    late,
    speechToText.transcribe(soundOf(samples), { signal }).catch((error: unknown) => {
      log.info({ err: error, provider: speechToText.id }, "a partner did not hear an answer");
      return null;
    }),
  ]);
  return heard === null || mentions(heard.text, cue.words) ? null : cue.otherwise;
}

function soundOf(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = Float32Array.from(
    { length: Math.floor(bytes.byteLength / 2) },
    (_, at) => view.getInt16(at * 2, true) / 32_768,
  );
  return { samples, durationSeconds: samples.length / spokenRate, brokenOff: false };
}
