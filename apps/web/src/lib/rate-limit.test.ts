import { describe, expect, it } from "vitest";
import { createRateLimits, throttleSignIn } from "./rate-limit.ts";

const wrong = () => Promise.reject(new Error("wrong password"));
const right = () => Promise.resolve("in");

async function outcomes(count: number, attempt: (n: number) => Promise<unknown>): Promise<string[]> {
  const all: string[] = [];
  for (let n = 0; n < count; n++) {
    all.push(await attempt(n).then(String, (error: Error & { code?: string }) => error.code ?? error.message));
  }
  return all;
}

describe("sign-in throttle", () => {
  it("stops guessing at one account from one address after eight failures", async () => {
    const limits = createRateLimits();
    const seen = await outcomes(10, () => throttleSignIn(limits, "a@demo.test", "1.1.1.1", wrong));
    expect(seen.filter((one) => one === "wrong password")).toHaveLength(8);
    expect(seen.at(-1)).toBe("RATE_LIMITED");
    // The right password does not help either until the time has passed …
    expect(await outcomes(1, () => throttleSignIn(limits, "a@demo.test", "1.1.1.1", right))).toEqual(["RATE_LIMITED"]);
    // … but the owner at another address is not locked out.
    expect(await outcomes(1, () => throttleSignIn(limits, "a@demo.test", "2.2.2.2", right))).toEqual(["in"]);
  });

  it("lets a whole exam room in from one address, each mistyping twice", async () => {
    const limits = createRateLimits();
    for (let seat = 0; seat < 100; seat++) {
      const account = `seat-${seat}@demo.test`;
      await outcomes(2, () => throttleSignIn(limits, account, "9.9.9.9", wrong));
      expect(await outcomes(1, () => throttleSignIn(limits, account, "9.9.9.9", right))).toEqual(["in"]);
    }
  });

  it("does not count successes", async () => {
    const limits = createRateLimits();
    const seen = await outcomes(50, () => throttleSignIn(limits, "a@demo.test", "1.1.1.1", right));
    expect(new Set(seen)).toEqual(new Set(["in"]));
  });

  it("stops guessing at one account spread over many addresses", async () => {
    const limits = createRateLimits();
    const seen = await outcomes(45, (n) => throttleSignIn(limits, "a@demo.test", `10.0.0.${n}`, wrong));
    expect(seen.at(-1)).toBe("RATE_LIMITED");
  });

  it("counts parallel guesses before they are answered", async () => {
    const limits = createRateLimits();
    const seen = await Promise.all(
      Array.from({ length: 30 }, () =>
        throttleSignIn(limits, "a@demo.test", "1.1.1.1", wrong).catch((error: Error & { code?: string }) => error.code),
      ),
    );
    expect(seen.filter((code) => code !== "RATE_LIMITED")).toHaveLength(8);
  });
});
