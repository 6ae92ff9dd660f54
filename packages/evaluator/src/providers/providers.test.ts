import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sampleRate } from "../speech/resample.ts";
import type { AsrProvider, Transcript } from "../speech/transcript.ts";
import { startTranscriptionServer, type TranscriptionServer } from "../testing/transcription-server.ts";
import { createAzurePronunciation } from "./azure-pronunciation.ts";
import type { CallLimits } from "./caller.ts";
import { createLocalWhisper } from "./local-whisper.ts";
import { createOpenAiTranscription } from "./openai-transcription.ts";
import { ProviderError } from "./provider-error.ts";

const said = "I have lived in this town for many years, and I like it.";
const limits: CallLimits = {
  ...{ tryMilliseconds: 1_200, tries: 3, pauseMilliseconds: 10, longestPauseMilliseconds: 1500 },
  ...{ failuresUntilRest: 2, restMilliseconds: 300 },
};

let server: TranscriptionServer;
beforeAll(async () => {
  server = await startTranscriptionServer();
});
afterAll(() => server.close());

const soundOf = (seconds: number) => {
  const samples = Float32Array.from({ length: seconds * sampleRate }, (_, at) => 0.2 * Math.sin(at / 20));
  return { samples, durationSeconds: seconds, brokenOff: false };
};
const listen = (provider: AsrProvider, seconds = 4, signal = new AbortController().signal): Promise<Transcript> =>
  provider.transcribe(soundOf(seconds), { signal });

const openAi = ({ url }: TranscriptionServer): AsrProvider =>
  createOpenAiTranscription({ url: `${url}/v1/`, key: "a-key", model: "whisper-1", limits });
const azure = ({ url }: TranscriptionServer): AsrProvider =>
  createAzurePronunciation({ url, key: "a-key", locale: "en-GB", limits });

/** Every service over the network has to pass all of this. */
const providers = { "an OpenAI-compatible server": openAi, "Azure's pronunciation assessment": azure };

describe.each(Object.entries(providers))("%s", (_, create) => {
  let provider: AsrProvider;
  beforeEach(() => {
    provider = create(server);
    server.say(said, 0.9);
    server.expect();
  });

  async function failure(seconds?: number, signal?: AbortSignal): Promise<ProviderError> {
    const error = await listen(provider, seconds, signal).catch((reason: unknown) => reason);
    if (!(error instanceof ProviderError)) throw new Error(`expected a ProviderError, not ${String(error)}`);
    // A key in a message would land in logs.
    expect(error.message).not.toContain("a-key");
    return error;
  }
  const triesOf = async (work: Promise<unknown>): Promise<number> => {
    const before = server.requests.length;
    await work;
    return server.requests.length - before;
  };

  it("gives the text, and the words with times and confidences", async () => {
    const { text, words, providerId, providerVersion } = await listen(provider);
    expect(text).toBe(said);
    expect(words).toHaveLength(13);
    expect(words[0]).toMatchObject({ startSeconds: 0 });
    expect(words[0]?.confidence).toBeCloseTo(0.9, 6);
    expect(words.at(-1)?.endSeconds).toBeLessThanOrEqual(4);
    expect([providerId, providerVersion]).toEqual([provider.id, provider.version]);
  });

  it("says only what it can: scores of sounds or none", async () => {
    const [word] = (await listen(provider)).words;
    expect(word?.accuracy !== undefined).toBe(provider.capabilities.phoneScores);
    expect((word?.phones?.length ?? 0) > 0).toBe(provider.capabilities.phoneScores);
  });

  it("hears nothing where nothing was said", async () => {
    server.say("");
    expect(await listen(provider)).toMatchObject({ text: "", words: [] });
  });

  it("sends a long recording in pieces and puts their times together", async () => {
    const seconds = provider.id === "azure-pronunciation" ? 60 : 1300;
    const { words, text } = await listen(provider, seconds);
    expect(text.length).toBeGreaterThan(said.length * 2);
    words.slice(1).forEach((word, at) => {
      expect(word.startSeconds).toBeGreaterThanOrEqual(words[at]?.startSeconds ?? 0);
    });
    expect(words.at(-1)?.endSeconds).toBeGreaterThan(seconds * 0.9);
    expect(words.at(-1)?.endSeconds).toBeLessThanOrEqual(seconds);
  }, 20_000);

  it.each(["broken", "rubbish", "truncated", "html", "other-shape", "slow"] as const)(
    "asks again after one answer that was %s",
    async (mood) => {
      server.expect(mood);
      expect((await listen(provider)).text).toBe(said);
    },
  );

  it("waits as long as a busy service asks, if that is not long", async () => {
    server.expect("busy");
    const begun = performance.now();
    expect((await listen(provider)).text).toBe(said);
    expect(performance.now() - begun).toBeGreaterThan(950);
    server.expect("busy-for-an-hour");
    const tries = triesOf(
      failure().then((error) => expect(error).toMatchObject({ retryable: true, retryAfterMilliseconds: 3_600_000 })),
    );
    expect(await tries).toBe(1);
  });

  it("gives up after a few tries", async () => {
    server.expect("broken", "broken", "broken", "broken", "broken", "broken");
    expect(await triesOf(failure())).toBe(limits.tries);
    expect((await failure()).message).toMatch(/status 500/);
  });

  it("does not ask again what was refused, nor follow where it is sent", async () => {
    server.expect("unauthorized");
    expect(await triesOf(failure().then((error) => expect(error).toMatchObject({ retryable: false })))).toBe(1);
    server.expect("redirect", "redirect", "redirect");
    await failure();
  });

  it("leaves a service alone that failed again and again, and comes back to it", async () => {
    server.expect(...Array.from({ length: 6 }, () => "broken" as const));
    await failure();
    await failure();
    expect(await triesOf(failure().then(({ message }) => expect(message).toMatch(/left alone/)))).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, limits.restMilliseconds + 20));
    expect((await listen(provider)).text).toBe(said);
    // Well again: a single failure is one failure.
    server.expect("broken", "broken", "broken");
    await failure();
    expect((await listen(provider)).text).toBe(said);
  });

  it("gives up what takes too long", async () => {
    server.expect("slow", "slow", "slow");
    expect((await failure()).message).toMatch(/did not answer within 1.2 seconds/);
  });

  it("stops at once when it is called off", async () => {
    server.expect("slow");
    const begun = performance.now();
    expect((await failure(4, AbortSignal.timeout(100))).message).toMatch(/called off/);
    expect(performance.now() - begun).toBeLessThan(350);
    expect(await triesOf(failure(4, AbortSignal.abort()))).toBe(0);
  });

  it("says that nobody is there", async () => {
    const gone = await startTranscriptionServer();
    provider = create(gone);
    await gone.close();
    expect(await failure()).toMatchObject({ retryable: true, message: expect.stringContaining("ECONNREFUSED") });
  });
});

describe("what is sent", () => {
  it("to an OpenAI-compatible server: the key, the model, verbose JSON with words, a WAV", async () => {
    server.say(said);
    await listen(openAi(server), 3);
    const sent = server.requests.at(-1);
    expect(sent?.path).toBe("/v1/audio/transcriptions");
    expect(sent?.headers.authorization).toBe("Bearer a-key");
    expect(sent?.fields).toMatchObject({
      ...{ model: ["whisper-1"], response_format: ["verbose_json"], temperature: ["0"] },
      "timestamp_granularities[]": ["word", "segment"],
    });
    expect(sent?.audioSeconds).toBe(3);
  });

  it("to Azure: the key, the locale, and what to assess", async () => {
    server.say(said);
    await azure(server).transcribe(soundOf(3), { signal: new AbortController().signal, hint: "Read this." });
    const sent = server.requests.at(-1);
    expect(sent?.path).toContain("?language=en-GB&format=detailed");
    expect(sent?.headers["ocp-apim-subscription-key"]).toBe("a-key");
    const wanted = JSON.parse(Buffer.from(String(sent?.headers["pronunciation-assessment"]), "base64").toString());
    expect(wanted).toMatchObject({ ReferenceText: "Read this.", Granularity: "Phoneme", GradingSystem: "HundredMark" });
  });
});

describe("local Whisper", () => {
  const chunks = [
    { text: " Hello", timestamp: [0, 0.4] },
    { text: " there", timestamp: [0.5, null] },
  ];
  const library = (asked: string[]) => ({
    env: { allowRemoteModels: true, localModelPath: "", cacheDir: null },
    pipeline: async (_task: string, model: string) => {
      asked.push(model);
      return async () => ({ text: " Hello there", chunks });
    },
  });
  const usual = { model: "/nowhere/whisper-base.en", mayFetch: false, cacheFolder: "/nowhere", limits };

  it("says what is missing: the package, or the weights", async () => {
    await expect(listen(createLocalWhisper(usual))).rejects.toThrow("@huggingface/transformers is not installed");
    const load = async () => library([]);
    await expect(listen(createLocalWhisper({ ...usual, load }))).rejects.toThrow(/no folder .* not allowed/);
    await expect(listen(createLocalWhisper({ ...usual, load: async () => ({}) }))).rejects.toThrow(/not known/);
  });

  it("takes weights from a folder, loads them once, and gives words without confidences", async () => {
    const asked: string[] = [];
    const folder = new URL("../speech", import.meta.url).pathname;
    const lib = library(asked);
    const provider = createLocalWhisper({ ...usual, model: folder, load: async () => lib });
    const transcript = await listen(provider);
    await listen(provider);
    expect(asked).toEqual(["speech"]);
    expect(lib.env).toMatchObject({ allowRemoteModels: false, localModelPath: folder.replace(/\/speech$/, "") });
    expect(transcript).toMatchObject({ text: "Hello there", providerId: "local-whisper", providerVersion: "speech" });
    expect(transcript.words).toEqual([
      { text: "Hello", startSeconds: 0, endSeconds: 0.4, confidence: null },
      { text: "there", startSeconds: 0.5, endSeconds: 0.5, confidence: null },
    ]);
  });

  it("fetches weights by name only where that is allowed", async () => {
    const asked: string[] = [];
    const lib = library(asked);
    await listen(createLocalWhisper({ ...usual, model: "some/whisper", mayFetch: true, load: async () => lib }));
    expect([asked, lib.env.allowRemoteModels, lib.env.cacheDir]).toEqual([["some/whisper"], true, "/nowhere"]);
  });
});
