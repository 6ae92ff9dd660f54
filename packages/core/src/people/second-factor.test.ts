import { authenticator } from "otplib";
import { expect, it } from "vitest";
import { newRecoveryCodes, newTotpSecret, openSecret, recoveryHash, sealSecret, totpDelta } from "./second-factor.ts";

const authSecret = "a-secret-for-tests-that-is-long-enough";

it("seals a secret so that only the same AUTH_SECRET opens it, and notices tampering", () => {
  const secret = newTotpSecret();
  const sealed = sealSecret(secret, authSecret);
  expect(sealed).not.toContain(secret);
  expect(openSecret(sealed, authSecret)).toBe(secret);
  expect(openSecret(sealed, `${authSecret}!`)).toBeNull();
  expect(openSecret(`${sealed.slice(0, -2)}AA`, authSecret)).toBeNull();
  expect(openSecret("", authSecret)).toBeNull();
});

// RFC 6238, appendix B: the SHA-1 secret "12345678901234567890"; 94287082 at 59 s, so 287082 with six digits.
it("agrees with the vector of RFC 6238 and takes one step either side", () => {
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  const at = (seconds: number) => totpDelta("287082", secret, new Date(seconds * 1000));
  expect(at(59)).toBe(0);
  expect(at(61)).toBe(-1);
  expect(at(29)).toBe(1);
  expect(at(95)).toBeNull();
  expect(totpDelta("28708", secret, new Date(59_000))).toBeNull();
  expect(authenticator.options.epoch).toBeUndefined();
});

it("knows a recovery code however it is typed", () => {
  const [code = ""] = newRecoveryCodes();
  expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
  expect(recoveryHash(` ${code.toLowerCase().replace("-", " ")} `)).toBe(recoveryHash(code));
});
