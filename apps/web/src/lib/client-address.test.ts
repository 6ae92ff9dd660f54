import { describe, expect, it } from "vitest";
import { correctForwardedHeaders, trustedProxies } from "./client-address.ts";

const proxies = trustedProxies(["10.0.0.0/8", "::1"]);

function corrected(headers: Record<string, string>, peer: string): Record<string, string | string[] | undefined> {
  const copy: Record<string, string | string[] | undefined> = { ...headers };
  correctForwardedHeaders(copy, peer, proxies);
  return copy;
}

describe("correctForwardedHeaders", () => {
  it("believes nothing a stranger says", () => {
    expect(
      corrected({ "x-forwarded-for": "1.2.3.4", "x-forwarded-host": "elsewhere.example" }, "::ffff:203.0.113.9"),
    ).toEqual({ "x-forwarded-for": "203.0.113.9" });
  });

  it("takes from a trusted proxy the nearest address that is not a proxy", () => {
    expect(
      corrected(
        { "x-forwarded-for": "1.2.3.4, 203.0.113.9, 10.1.1.1", "x-forwarded-host": "exam.example" },
        "10.0.0.5",
      ),
    ).toEqual({ "x-forwarded-for": "203.0.113.9", "x-forwarded-host": "exam.example" });
  });

  it("falls back to the proxy itself when it names nobody", () => {
    expect(corrected({}, "10.0.0.5")["x-forwarded-for"]).toBe("10.0.0.5");
  });
});
