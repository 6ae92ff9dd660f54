import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { AudioError } from "../speech/wav.ts";
import { createRaterPool } from "./pool.ts";

const voice = new Uint8Array(readFileSync(new URL("../../fixtures/voice.webm", import.meta.url)));
const pool = createRaterPool(1);
afterAll(() => pool.close());

describe("the pool of rating threads", () => {
  it("decodes and goes on after what cannot be decoded", async () => {
    const [first, broken, second] = await Promise.allSettled([
      pool.decodeSound(voice, "audio/webm"),
      pool.decodeSound(new Uint8Array(100), "audio/webm"),
      pool.decodeSound(voice, "audio/webm"),
    ]);
    expect(first.status === "fulfilled" && first.value.samples.length).toBeGreaterThan(30_000);
    expect(broken.status === "rejected" && broken.reason).toBeInstanceOf(AudioError);
    expect(second).toEqual(first);
  }, 30_000);

  it("gives up what takes too long, replaces the thread, and answers the next", async () => {
    const hurried = createRaterPool(1, 1);
    await expect(hurried.decodeSound(voice, "audio/webm")).rejects.toThrow(/takes longer than/);
    await expect(hurried.decodeSound(voice, "audio/webm")).rejects.toThrow(/takes longer than/);
    await hurried.close();
    await expect(hurried.decodeSound(voice, "audio/webm")).rejects.toThrow("the pool is closed");
  }, 30_000);
});
