import { createOpenAiTranscription } from "@bandwise/evaluator/providers/openai-transcription";
import { startTranscriptionServer, type TranscriptionServer } from "@bandwise/evaluator/testing/transcription-server";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSettings } from "../kernel/settings.ts";
import { asksBack, listensAtOnce } from "./hearing.ts";

let server: TranscriptionServer;
beforeAll(async () => {
  server = await startTranscriptionServer();
});
afterAll(() => server.close());

const cue = { words: ["today", "tomorrow", "morning"], otherwise: "When shall I expect you?" };
const samples = new Uint8Array(3 * 32_000);

function listener(kind: "openai" | "none" = "openai") {
  const url = `${server.url}/v1`;
  const environment = kind === "none" ? {} : { SPEECH_TO_TEXT: "openai", SPEECH_TO_TEXT_URL: url };
  return {
    settings: readSettings({
      ...environment,
      DATABASE_URL: "postgresql://nowhere",
      DATA_DIR: "/nowhere",
      AUTH_SECRET: "a-secret-for-tests-that-is-long-enough",
    }),
    speechToText: kind === "none" ? null : createOpenAiTranscription({ url, key: null, model: "test" }),
    log: pino({ level: "silent" }),
  };
}

test("asks back where none of the words was heard, and goes on where one was", async () => {
  server.say("I would like to come tomorrow.");
  expect(await asksBack(listener(), cue, samples)).toBe(null);
  server.say("That would be very nice of you.");
  expect(await asksBack(listener(), cue, samples)).toBe(cue.otherwise);
  expect(server.requests.at(-1)?.audioSeconds).toBeCloseTo(3, 1);
  expect(await asksBack(listener(), undefined, samples)).toBe(null);
});

test.each(["unauthorized", "busy-for-an-hour", "slow"] as const)(
  "a service that is %s leaves the partner without an opinion, in time",
  async (mood) => {
    server.say("That would be very nice of you.");
    server.expect(mood, mood, mood);
    const begun = performance.now();
    expect(await asksBack(listener(), cue, samples)).toBe(null);
    expect(performance.now() - begun).toBeLessThan(5_000);
    server.expect();
  },
  10_000,
);

test("where nothing is configured nobody is asked", async () => {
  expect(listensAtOnce(listener())).toBe(true);
  expect(listensAtOnce(listener("none"))).toBe(false);
  expect(await asksBack(listener("none"), cue, samples)).toBe(null);
});
