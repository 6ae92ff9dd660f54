import { type CallLimits, createCaller } from "./caller.ts";
import type { ModelAddress } from "./language-model.ts";
import { ProviderError } from "./provider-error.ts";

export interface VoiceSettings extends ModelAddress {
  readonly voice: string;
  readonly limits?: CallLimits;
}

export interface SpokenWords {
  readonly bytes: Uint8Array;
  readonly mimeType: "audio/mpeg";
}

export interface Voice {
  /** @throws ProviderError */
  speak(words: string, signal: AbortSignal): Promise<SpokenWords>;
}

const name = "text-to-speech";
/** Somebody waits: what is not spoken in time is shown. */
const voiceLimits: CallLimits = {
  ...{ tryMilliseconds: 2_000, tries: 1, pauseMilliseconds: 0, longestPauseMilliseconds: 0 },
  ...{ failuresUntilRest: 3, restMilliseconds: 60_000 },
};
/** A question of 25 words is 15 seconds, 0.25 MB at the most. */
const mostBytes = 500_000;
/** Less is no speech: a header alone, or nothing. */
const leastBytes = 500;

/** Any server with OpenAI's `/v1/audio/speech`; `url` up to and with `/v1`. It gets the partner's words, nothing of the candidate's. */
export function createVoice(settings: VoiceSettings): Voice {
  const caller = createCaller(name, settings.limits ?? voiceLimits);
  return {
    speak: (words, signal) =>
      caller.call(signal, async (own) => ({ bytes: await fetchSpeech(settings, words, own), mimeType: "audio/mpeg" })),
  };
}

async function fetchSpeech(
  { url, key, model, voice }: VoiceSettings,
  words: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const answer = await fetch(`${url.replace(/\/+$/, "")}/audio/speech`, {
    ...{ method: "POST", redirect: "error", signal },
    headers: { "content-type": "application/json", ...(key !== null && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ model, voice, input: words, response_format: "mp3" }),
  });
  const kind = answer.headers.get("content-type") ?? "";
  if (!answer.ok || !/^(?:audio\/|application\/octet-stream)/i.test(kind)) {
    await answer.body?.cancel();
    const hint = answer.status === 401 || answer.status === 403 ? ": is its key right?" : "";
    const said = answer.ok ? `with ${kind || "no type"} instead of sound` : `with status ${answer.status}${hint}`;
    const retryable = answer.ok || answer.status === 429 || answer.status >= 500;
    throw new ProviderError(`${name}: answered ${said}`, retryable);
  }
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of answer.body ?? []) {
    bytes += piece.byteLength;
    if (bytes > mostBytes) throw new ProviderError(`${name}: answered with more than ${mostBytes / 1e6} MB`, false);
    pieces.push(piece);
  }
  const sound = Buffer.concat(pieces);
  if (!isMp3(sound)) throw new ProviderError(`${name}: answered with something that is no MP3`, true);
  return sound;
}

/** An ID3 tag or the sync bits of a frame. */
function isMp3(bytes: Uint8Array): boolean {
  const [a = 0, b = 0, c = 0] = bytes;
  return bytes.byteLength >= leastBytes && ((a === 0x49 && b === 0x44 && c === 0x33) || (a === 0xff && b >= 0xe0));
}
