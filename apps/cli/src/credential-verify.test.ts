import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildBadge } from "@bandwise/credentials/badge";
import { didDocument } from "@bandwise/credentials/did-document";
import { generateIssuerKeys } from "@bandwise/credentials/keys";
import { signEmbedded, signJwt } from "@bandwise/credentials/sign";
import { buildStatusList } from "@bandwise/credentials/status-list";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main } from "./main.ts";

const folder = mkdtempSync(join(tmpdir(), "bandwise-credential-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const did = "did:web:exams.example.org";
const listUrl = "https://exams.example.org/credentials/status/1";
const file = (name: string) => join(folder, name);
const write = (name: string, content: unknown) =>
  writeFileSync(file(name), typeof content === "string" ? content : JSON.stringify(content));

async function verify(...args: string[]) {
  let out = "";
  let err = "";
  const status = await main(["credential", "verify", ...args], {
    input: (async function* () {})(),
    out: async (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { status, out, err };
}

const offline = ["--did", file("did.json"), "--status", file("status.json")];

beforeAll(async () => {
  const [ed25519, es256] = await generateIssuerKeys(did);
  if (!ed25519 || !es256) throw new Error("no keys");
  const at = new Date(Math.floor(Date.now() / 1000) * 1000);
  const unsigned = buildBadge({
    facts: {
      examination: "IELP four-skill proficiency test",
      schemeId: "ielp",
      schemeVersion: "1",
      schemeHash: "0".repeat(64),
      testedOn: "2026-02-28",
      scale: { noun: "Band", highest: 10, decimals: 2 },
      overall: { score: "6.50", cefr: "C1", meaning: "Can use language flexibly." },
      parts: [{ id: "reading", score: "7.00", cefr: "C1" }],
      notes: [],
    },
    credentialId: "urn:uuid:5b4c1a6e-27a1-4d0c-9a57-8f6ac3f5f001",
    subjectId: "urn:uuid:0d6f9d3c-51f5-4f2e-8c57-2f3f1f8e6a02",
    issuer: { did, name: "Northmere Language Institute", url: "https://exams.example.org" },
    identities: [],
    issuedAt: at,
    validUntil: new Date(at.getTime() + 86_400_000),
    status: { listUrl, index: 7 },
  });
  const badge = await signEmbedded(unsigned, ed25519, at);
  const list = (revoked: number[]) =>
    signEmbedded(buildStatusList({ url: listUrl, issuer: did, revoked, at }), ed25519, at);
  write("badge.json", badge);
  write("badge.jwt", await signJwt(unsigned, es256));
  write("altered.json", JSON.stringify(badge).replace('"7.00"', '"9.00"'));
  write("did.json", didDocument(did, [ed25519, es256]));
  write("status.json", await list([]));
  write("revoked.json", await list([7]));
  write("text.txt", "hello");
});

test("a genuine badge is valid offline in both forms", async () => {
  for (const name of ["badge.json", "badge.jwt"]) {
    const { status, out } = await verify(file(name), ...offline);
    expect(status, out).toBe(0);
    expect(out).toMatch(/^valid /);
  }
  // The first to need them loads the libraries, which takes seconds on a busy machine.
}, 30_000);

test("an altered one is not, and the report names what failed", async () => {
  const { status, out } = await verify(file("altered.json"), ...offline, "--json");
  expect(status).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    valid: false,
    issuer: did,
    checks: [
      { name: "format", outcome: "pass" },
      { name: "issuer", outcome: "pass" },
      { name: "proof", outcome: "fail", detail: expect.stringContaining("changed after it was issued") },
      { name: "dates", outcome: "pass" },
      { name: "status", outcome: "pass" },
    ],
  });
});

test("a revoked one is not, nor one whose status is not at hand", async () => {
  const revoked = await verify(file("badge.json"), "--did", file("did.json"), "--status", file("revoked.json"));
  expect(revoked).toMatchObject({ status: 1, out: expect.stringMatching(/status +fail +revoked/) });
  const bare = await verify(file("badge.json"), "--did", file("did.json"));
  expect(bare).toMatchObject({ status: 1, out: expect.stringMatching(/status +unknown/) });
});

test("what cannot be read costs one line and status 2", async () => {
  for (const args of [
    [file("text.txt"), ...offline],
    [file("nothing.json"), ...offline],
    [],
    [file("badge.json"), "--did", file("text.txt")],
  ]) {
    const { status, err } = await verify(...args);
    expect(status).toBe(2);
    expect(err.trim().split("\n")).toHaveLength(1);
  }
});

test("--fetch asks a site on this machine only where it is this very installation", async () => {
  const asked: string[] = [];
  const answers = new Map<string, unknown>();
  const site = createServer((request, response) => {
    asked.push(request.url ?? "");
    const answer = answers.get(request.url ?? "");
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(JSON.stringify(answer ?? null));
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  const address = site.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const origin = `http://localhost:${port}`;
  const here = `did:web:localhost%3A${port}`;
  const [ed25519, es256] = await generateIssuerKeys(here);
  if (!ed25519 || !es256) throw new Error("no keys");
  const at = new Date(Math.floor(Date.now() / 1000) * 1000);
  const url = `${origin}/credentials/status/1`;
  const badge = JSON.parse(readFileSync(file("badge.json"), "utf8"));
  const { proof: _proof, ...unsigned } = badge;
  const own = {
    ...unsigned,
    issuer: { ...unsigned.issuer, id: here },
    credentialStatus: { ...unsigned.credentialStatus, id: `${url}#7`, statusListCredential: url },
  };
  write("own.json", await signEmbedded(own, ed25519, at));
  answers.set("/.well-known/did.json", didDocument(here, [ed25519, es256]));
  answers.set(
    "/credentials/status/1",
    await signEmbedded(buildStatusList({ url, issuer: here, revoked: [], at }), ed25519, at),
  );
  const before = { ...process.env };
  Object.assign(process.env, { DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none", AUTH_SECRET: "x".repeat(64) });
  try {
    process.env.PUBLIC_URL = "https://exams.example.org";
    expect(await verify(file("own.json"), "--fetch")).toMatchObject({ status: 1 });
    expect(asked).toEqual([]);
    process.env.PUBLIC_URL = origin;
    const { status, out } = await verify(file("own.json"), "--fetch");
    expect(status, out).toBe(0);
    expect([...new Set(asked)].sort()).toEqual(["/.well-known/did.json", "/credentials/status/1"]);
  } finally {
    for (const key of ["DATABASE_URL", "AUTH_SECRET", "PUBLIC_URL"]) {
      if (before[key] === undefined) delete process.env[key];
      else process.env[key] = before[key];
    }
    await new Promise((resolve) => site.close(resolve));
  }
});
