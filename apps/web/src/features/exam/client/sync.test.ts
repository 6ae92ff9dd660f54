import { describe, expect, it } from "vitest";
import { betterClock, readClock, serverTime } from "./clock.ts";
import { backoffMs, fitting, idle, nextSendIn, saveState, stepSync } from "./sync.ts";

describe("sync", () => {
  it("says saved only when the server has everything", () => {
    const queued = stepSync(idle, { type: "queued", count: 2 });
    expect(saveState(queued)).toBe("saving");
    const sending = stepSync(queued, { type: "sending" });
    expect(nextSendIn(sending, 0)).toBeNull();
    const partly = stepSync(sending, { type: "acknowledged", left: 1, serverTime: 5 });
    expect(saveState(partly)).toBe("saving");
    const all = stepSync(partly, { type: "acknowledged", left: 0, serverTime: 9 });
    expect(saveState(all)).toBe("saved");
    expect(all.savedAt).toBe(9);
  });

  it("is offline after a network failure, waits longer each time, and tries at once when the network returns", () => {
    let sync = stepSync(idle, { type: "queued", count: 1 });
    sync = stepSync(sync, { type: "failed", at: 1000, network: true });
    expect(saveState(sync)).toBe("offline");
    expect(nextSendIn(sync, 1000)).toBe(1000);
    sync = stepSync(sync, { type: "failed", at: 2000, network: true });
    expect(nextSendIn(sync, 2000)).toBe(2000);
    expect(nextSendIn(stepSync(sync, { type: "online" }), 2000)).toBe(0);
    expect(backoffMs(20)).toBe(15_000);
    sync = stepSync(sync, { type: "acknowledged", left: 0, serverTime: 1 });
    expect(saveState(sync)).toBe("saved");
  });

  it("does not call the network away when the server stumbles, but tells after three times", () => {
    let sync = stepSync(idle, { type: "queued", count: 1 });
    sync = stepSync(sync, { type: "failed", at: 0, network: false });
    expect(saveState(sync)).toBe("saving");
    sync = stepSync(stepSync(sync, { type: "failed", at: 0, network: false }), {
      type: "failed",
      at: 0,
      network: false,
    });
    expect(saveState(sync)).toBe("offline");
  });

  it("stops where the server refuses for good", () => {
    const refused = stepSync(stepSync(idle, { type: "queued", count: 1 }), { type: "refused" });
    expect(saveState(refused)).toBe("failed");
    expect(nextSendIn(refused, 0)).toBeNull();
  });
});

describe("the anchored clock", () => {
  it("carries the server's time on and takes half the round trip into account", () => {
    const clock = readClock(1_000_000, 500, 700);
    expect(serverTime(clock, 700)).toBe(1_000_100);
    expect(serverTime(clock, 1_700)).toBe(1_001_100);
  });
  it("keeps a sharp reading rather than a blurred one, until it is old", () => {
    const sharp = readClock(1_000_000, 0, 20);
    const blurred = readClock(1_005_000, 4_000, 5_000);
    expect(betterClock(sharp, blurred)).toBe(sharp);
    expect(betterClock(blurred, sharp)).toBe(sharp);
  });
});

describe("what travels together", () => {
  it("stays under what the server takes, and is never nothing", () => {
    const text = (length: number) => ({ text: "字".repeat(length) });
    expect(fitting([])).toEqual([]);
    expect(fitting(Array.from({ length: 25 }, () => text(2_000)))).toHaveLength(25);
    const long = Array.from({ length: 25 }, () => text(20_000));
    const sent = fitting(long);
    expect(sent.length).toBeGreaterThan(10);
    expect(new TextEncoder().encode(JSON.stringify(sent)).byteLength).toBeLessThan(1_200_000);
    expect(fitting([text(900_000), text(1)])).toHaveLength(1);
  });
});
