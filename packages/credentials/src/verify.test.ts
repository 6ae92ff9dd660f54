import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import { beforeAll, describe, expect, test } from "vitest";
import { badgeValues, buildBadge, type Credential, matchesIdentity } from "./badge.ts";
import { bundledContext, documentLoader } from "./contexts.ts";
import { didDocument, didDocumentUrl, didOf } from "./did-document.ts";
import { generateIssuerKeys } from "./keys.ts";
import { parseCredential, UnreadableCredential } from "./parse.ts";
import { signEmbedded } from "./sign.ts";
import { badgeInput, did, type Example, issuedAt, listUrl, makeExample } from "./testing/example.ts";
import { verifyEmbeddedIndependently, verifyJwtIndependently } from "./testing/independent-verifier.ts";
import { type CheckName, type Sources, verifyFile } from "./verify.ts";

let example: Example;
let goodList: Credential;
const now = new Date("2026-06-01T12:00:00Z");

beforeAll(async () => {
  example = await makeExample();
  goodList = await signedList([]);
});

/** Signed shortly before it is looked at: a list is good for a day. */
async function signedList(revoked: readonly number[], at = new Date(now.getTime() - 60_000)): Promise<Credential> {
  const { proof: _proof, ...list } = await example.statusList(revoked);
  const [key] = example.keys;
  if (!key) throw new Error("no key");
  const until = new Date(at.getTime() + 86_400_000).toISOString().replace(".000Z", "Z");
  return signEmbedded({ ...list, validFrom: at.toISOString().replace(".000Z", "Z"), validUntil: until }, key, at);
}

const sources = (over: Partial<Record<"did" | "list", unknown>> = {}): Sources => ({
  didDocument: async (asked) => (asked === did ? ("did" in over ? over.did : example.did) : null),
  statusList: async (url) => (url === listUrl ? ("list" in over ? over.list : goodList) : null),
});
const bytes = (content: unknown) => Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
const check = (content: unknown, from = sources(), at = now) => verifyFile(bytes(content), from, at);

async function outcomes(content: unknown, from = sources(), at = now): Promise<Record<CheckName, string>> {
  const { checks } = await check(content, from, at);
  return Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome])) as Record<CheckName, string>;
}

const allPass = { format: "pass", issuer: "pass", proof: "pass", dates: "pass", status: "pass" };

describe("a genuine badge", () => {
  test("passes every check in both forms", async () => {
    expect(await outcomes(example.badge)).toEqual(allPass);
    expect(await outcomes(example.jwt)).toEqual(allPass);
    expect((await check(example.jwt)).valid).toBe(true);
  });

  test("stands by a clock that was read a moment before its status list was signed", async () => {
    // Who fetches the list looks at the clock first; the list is signed for the asking, here at nine.
    const list = await example.statusList([]);
    const before = new Date("2026-03-02T08:59:57Z");
    expect((await outcomes(example.badge, sources({ list }), before)).status).toBe("pass");
  });

  test("verifies in a second implementation written from the standards", async () => {
    const document = example.did as unknown as Record<string, unknown>;
    expect(await verifyEmbeddedIndependently(example.badge, document)).toBe(true);
    const claims = verifyJwtIndependently(example.jwt, document);
    expect(claims).toMatchObject({
      iss: did,
      jti: badgeInput.credentialId,
      sub: badgeInput.subjectId,
      nbf: 1772442000,
      exp: 1835654399,
      type: ["VerifiableCredential", "OpenBadgeCredential"],
    });
    const altered = structuredClone(example.badge) as { awardedDate: string };
    altered.awardedDate = "2026-03-03T09:00:00Z";
    expect(await verifyEmbeddedIndependently(altered as unknown as Credential, document)).toBe(false);
    const [head, payload, signature] = example.jwt.split(".");
    expect(verifyJwtIndependently(`${head}.${payload}A.${signature}`, document)).toBe(null);
    expect(await verifyEmbeddedIndependently(goodList, document)).toBe(true);
  });

  test("has the shape Open Badges 3.0 asks for", () => {
    expect(example.badge.proof).toEqual([
      {
        type: "DataIntegrityProof",
        created: "2026-03-02T09:00:00Z",
        verificationMethod: expect.stringMatching(/^did:web:exams\.example\.org#z6Mk\w+$/),
        cryptosuite: "eddsa-rdfc-2022",
        proofPurpose: "assertionMethod",
        proofValue: expect.stringMatching(/^z\w+$/),
      },
    ]);
    const header = parseCredential(bytes(example.jwt));
    expect(header).toMatchObject({
      form: "jwt",
      header: { alg: "ES256", typ: "JWT", kid: example.did.assertionMethod[1] },
    });
  });

  test("says nothing that names the holder", () => {
    const text = `${JSON.stringify(example.badge)}${Buffer.from(example.jwt.split(".")[1] ?? "", "base64url")}`;
    expect(text).not.toMatch(/Nadira|Velasko|nadira@/i);
    expect(matchesIdentity(example.badge, "name", " Nadira  Velasko ")).toBe(true);
    expect(matchesIdentity(example.badge, "name", "Nadia Velasko")).toBe(false);
    expect(matchesIdentity(example.badge, "emailAddress", "Nadira@Example.org")).toBe(true);
    expect(matchesIdentity({}, "name", "Nadira Velasko")).toBe(null);
    const plain = buildBadge({ ...badgeInput, identities: [{ type: "name", value: "Nadira Velasko", salt: null }] });
    expect(JSON.stringify(plain)).toContain('"hashed":false,"identityHash":"Nadira Velasko"');
    expect(matchesIdentity(plain, "name", "nadira velasko")).toBe(false);
    expect(matchesIdentity(plain, "name", "Nadira  Velasko")).toBe(true);
    expect(matchesIdentity(plain, "emailAddress", "nadira@example.org")).toBe(null);
  });

  test("gives its values by name", () => {
    expect(badgeValues(example.badge)).toEqual({
      "overall band": "6.50",
      "overall level": "C1",
      "reading band": "7.00",
      "reading level": "C1",
      "listening band": "6.00",
      "listening level": "B2",
      "writing band": "6.00",
      "writing level": "B2",
      "speaking band": "7.00",
      "speaking level": "C1",
      "awarding body": "Northmere Language Institute",
      "sat on": "2026-02-28",
      issued: "2026-03-02",
      "valid until": "2028-03-02",
    });
  });
});

describe("a tampered badge", () => {
  const edits: [string, (credential: Record<string, unknown>) => void][] = [
    [
      "a band",
      (c) => void Object.assign((c.credentialSubject as { result: object[] }).result[3] as object, { value: "9.00" }),
    ],
    [
      "a level",
      (c) =>
        void Object.assign(
          ((c.credentialSubject as { result: { alignment: object[] }[] }).result[3] as { alignment: object[] })
            .alignment[0] as object,
          { targetCode: "C2" },
        ),
    ],
    ["the end of validity", (c) => void Object.assign(c, { validUntil: "2030-03-02T23:59:59Z" })],
    ["the status entry", (c) => void Object.assign(c.credentialStatus as object, { statusListIndex: "1" })],
    ["the issuer's name", (c) => void Object.assign(c.issuer as object, { name: "Another Institute" })],
    [
      "the identity",
      (c) =>
        void Object.assign((c.credentialSubject as { identifier: object[] }).identifier[0] as object, { salt: "x" }),
    ],
    ["something added", (c) => void Object.assign(c, { description: "with honours" })],
    ["something taken away", (c) => void delete c.awardedDate],
  ];

  test.each(edits)("%s: the embedded proof fails, and says so", async (_what, edit) => {
    const copy = structuredClone(example.badge) as Record<string, unknown>;
    edit(copy);
    const report = await check(copy);
    expect(report.valid).toBe(false);
    expect(report.checks.find(({ name }) => name === "proof")).toMatchObject({
      outcome: "fail",
      detail: expect.stringContaining("changed after it was issued"),
    });
  });

  test.each(edits)("%s: the JWT's signature fails", async (_what, edit) => {
    const [head, payload = "", signature] = example.jwt.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
    edit(claims);
    const forged = `${head}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.${signature}`;
    expect((await outcomes(forged)).proof).toBe("fail");
  });

  test("a word that no context explains is refused rather than ignored", async () => {
    expect((await outcomes({ ...example.badge, honours: "summa cum laude" })).proof).toBe("fail");
  });

  test("a second, broken proof beside the good one is not overlooked", async () => {
    const [proof] = example.badge.proof as [Record<string, unknown>];
    const doubled = { ...example.badge, proof: [proof, { ...proof, created: "2026-03-03T09:00:00Z" }] };
    expect((await outcomes(doubled)).proof).toBe("fail");
  });

  test("claims that contradict the credential fail though the signature holds", async () => {
    const { CompactSign, importJWK } = await import("jose");
    const key = example.keys[1];
    if (!key) throw new Error("no key");
    const [, payload = ""] = example.jwt.split(".");
    const claims = { ...(JSON.parse(Buffer.from(payload, "base64url").toString()) as object), exp: 4102444800 };
    const jwt = await new CompactSign(bytes(claims))
      .setProtectedHeader({ alg: "ES256", typ: "JWT", kid: key.id })
      .sign(await importJWK(JSON.parse(key.secretKey) as Record<string, string>, "ES256"));
    const { checks } = await check(jwt);
    expect(checks[2]).toEqual({ name: "proof", outcome: "fail", detail: "the claim exp contradicts the credential" });
  });

  test("a JWT without a signature is none", async () => {
    const [, payload] = example.jwt.split(".");
    const none = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT", kid: "x" })).toString("base64url");
    expect((await check(`${none}.${payload}.AA`)).checks[0]).toMatchObject({ name: "format", outcome: "fail" });
  });
});

describe("the issuer", () => {
  test("a stranger's key under our name fails", async () => {
    const [key] = await generateIssuerKeys(did);
    if (!key) throw new Error("no key");
    const { proof: _proof, ...bare } = example.badge;
    expect((await outcomes(await signEmbedded(bare, key, issuedAt))).issuer).toBe("fail");
  });

  test("a key that is published but not for assertions fails", async () => {
    expect((await outcomes(example.badge, sources({ did: { ...example.did, assertionMethod: [] } }))).issuer).toBe(
      "fail",
    );
  });

  test("an unknown issuer is unknown, not wrong", async () => {
    const report = await check(example.badge, sources({ did: null }));
    expect(report.valid).toBe(false);
    expect(report.checks.map(({ outcome }) => outcome)).toEqual(["pass", "unknown", "unknown", "pass", "unknown"]);
  });

  test("after rotation the retired keys stay published and old badges good", async () => {
    const fresh = await generateIssuerKeys(did);
    const rotated = didDocument(did, [...fresh, ...example.keys]);
    expect(rotated.verificationMethod).toHaveLength(4);
    expect(JSON.stringify(rotated)).not.toMatch(/secret|"d"/i);
    expect((await outcomes(example.badge, sources({ did: rotated }))).proof).toBe("pass");
    expect((await outcomes(example.jwt, sources({ did: rotated }))).proof).toBe("pass");
  });

  test("did:web names and their places", () => {
    expect(didOf("http://localhost:3000")).toBe("did:web:localhost%3A3000");
    expect(didDocumentUrl("did:web:exams.example.org")).toBe("https://exams.example.org/.well-known/did.json");
    expect(didDocumentUrl("did:web:localhost%3A3000")).toBe("https://localhost:3000/.well-known/did.json");
    expect(didDocumentUrl("did:web:example.org:exams:ielp")).toBe("https://example.org/exams/ielp/did.json");
    expect(didDocumentUrl("did:key:z6Mk")).toBe(null);
    expect(didDocumentUrl("did:web:evil.example/path?x")).toBe(null);
  });
});

describe("dates and status", () => {
  test("before, in the last second of, and after its validity", async () => {
    expect((await outcomes(example.badge, sources(), new Date("2026-03-01T00:00:00Z"))).dates).toBe("fail");
    expect((await outcomes(example.badge, sources(), new Date("2028-03-02T23:59:59.999Z"))).dates).toBe("pass");
    expect((await outcomes(example.badge, sources(), new Date("2028-03-03T00:00:00Z"))).dates).toBe("fail");
  });

  test("a revoked one fails, its neighbours do not", async () => {
    const revoked = await signedList([4711]);
    expect((await check(example.badge, sources({ list: revoked }))).checks[4]).toMatchObject({
      outcome: "fail",
      detail: expect.stringContaining("revoked"),
    });
    expect((await outcomes(example.badge, sources({ list: await signedList([4710, 4712]) }))).status).toBe("pass");
  });

  test("a status list that was altered, is another's, or is too old fails; a missing one is unknown", async () => {
    const revoked = await signedList([4711]);
    const subject = goodList.credentialSubject as { encodedList: string };
    const forged = {
      ...revoked,
      credentialSubject: { ...(revoked.credentialSubject as object), encodedList: subject.encodedList },
    };
    expect((await outcomes(example.badge, sources({ list: forged }))).status).toBe("fail");
    expect(
      (await outcomes(example.badge, sources({ list: { ...goodList, issuer: "did:web:other.example" } }))).status,
    ).toBe("fail");
    expect(
      (await outcomes(example.badge, sources({ list: await signedList([], new Date("2026-05-01T00:00:00Z")) }))).status,
    ).toBe("fail");
    expect((await outcomes(example.badge, sources({ list: null }))).status).toBe("unknown");
  });

  test("the list reads the same in the reference implementation", async () => {
    const loader = (list: Credential) => ({
      credential: example.badge,
      suite: new DataIntegrityProof({ cryptosuite }),
      documentLoader: documentLoader((url) => {
        if (url === listUrl) return list;
        if (url === did) return example.did;
        const method = example.did.verificationMethod.find(({ id }) => id === url);
        return method ? { "@context": "https://w3id.org/security/multikey/v1", ...method } : null;
      }),
    });
    // Its own date check follows the wall clock: the lists are signed for today.
    const today = new Date(Math.floor(Date.now() / 1000) * 1000);
    const good = await checkStatus(loader(await signedList([1, 4710], today)));
    expect(good, String(good.error)).toMatchObject({ verified: true, results: [{ status: false }] });
    expect(await checkStatus(loader(await signedList([4711], today)))).toMatchObject({ results: [{ status: true }] });
  });
});

describe("reading", () => {
  test("contexts are the pinned ones, and nothing else is ever loaded", async () => {
    expect(bundledContext("https://www.w3.org/ns/credentials/v2")).not.toBe(null);
    expect(bundledContext("https://example.org/context")).toBe(null);
    await expect(documentLoader()("https://example.org/context")).rejects.toThrow(/nothing is fetched/);
    const foreign = {
      ...example.badge,
      "@context": [...(example.badge["@context"] as string[]), "https://example.org/context"],
    };
    expect((await outcomes(foreign)).format).toBe("fail");
    const inline = {
      ...example.badge,
      "@context": [...(example.badge["@context"] as string[]), { value: "ex:other" }],
    };
    expect((await outcomes(inline)).format).toBe("fail");
  });

  test.each(["", "hello", "[1]", "%PDF-1.7 nothing attached", "a.b.c", `{"@context": `])(
    "%j is no credential",
    (content) => {
      expect(() => parseCredential(bytes(content))).toThrow(UnreadableCredential);
    },
  );
});
