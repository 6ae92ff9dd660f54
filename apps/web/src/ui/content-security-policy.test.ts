import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy.ts";

describe("contentSecurityPolicy", () => {
  const production = contentSecurityPolicy({ nonce: "abc", secure: true, development: false });

  it("lets nothing inline run in production", () => {
    expect(production).not.toContain("unsafe-inline");
    expect(production).not.toContain("unsafe-eval");
    expect(production).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic'");
    expect(production).toContain("frame-ancestors 'none'");
  });

  it("upgrades requests only where the site is served over https", () => {
    expect(production).toContain("upgrade-insecure-requests");
    expect(contentSecurityPolicy({ nonce: "abc", secure: false, development: false })).not.toContain("upgrade");
  });
});
