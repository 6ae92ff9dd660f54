import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { requestSimulation } from "@bandwise/core/bank/assembly-commands";
import { makeFormSet } from "@bandwise/core/bank/form-set-commands";
import { beginSection, endSection, recordPlay } from "@bandwise/core/delivery/exam-commands";
import { renewCardCode } from "@bandwise/core/interviews/commands";
import { takeScript } from "@bandwise/core/marking/commands";
import { getScriptForMarking } from "@bandwise/core/marking/queries";
import { submitPracticeTake } from "@bandwise/core/practice/commands";
import { getPracticeHome } from "@bandwise/core/practice/queries";
import { askForRemark } from "@bandwise/core/results/appeal-commands";
import { oneMark } from "@bandwise/core/testing/bank";
import { expect } from "@playwright/test";
import type { Arrange, Person } from "./support/arrange.ts";
import { identifiedInterview } from "./support/interviews.ts";
import { test } from "./support/test.ts";
import { baseUrl, cookieHeader } from "./support/visitors.ts";

/**
 * Who may open each page and call each route, by hand; what the file system holds and this table does not, fails. Asked over
 * HTTP with real sessions: the page shown, the way to the sign-in for strangers, “not here” for everybody else.
 */

const staff = ["examiner", "senior_examiner", "item_writer", "item_reviewer", "invigilator", "admin"] as const;
const candidates = ["owner", "candidate"] as const;
/** `owner`: the candidate whose attempt, result and certificate it is. `holder`: the examiner who holds the script. */
const signedIn = [...candidates, ...staff, "holder"] as const;
const actors = ["stranger", ...signedIn] as const;
type Actor = (typeof actors)[number];

interface World {
  readonly people: ReadonlyMap<Actor, Person>;
  readonly attempts: {
    readonly lobby: string;
    readonly live: string;
    readonly released: string;
    readonly interview: string;
  };
  readonly cardCode: string;
  readonly resultId: string;
  readonly appealId: string;
  readonly certificateId: string;
  readonly code: string;
  readonly sittingId: string;
  readonly itemId: string;
  readonly simulationId: string;
  readonly holdId: string;
  readonly exemplarId: string;
  readonly formSetId: string;
  readonly formId: string;
  readonly setId: string;
  readonly importId: string;
  readonly mediaName: string;
  readonly clientId: string;
  readonly section: string;
  readonly speaking: { readonly id: string; readonly picture: boolean };
  readonly ticket: string;
  readonly recordingId: string;
  /** A picture to practise with, and an answer of the owner's. */
  readonly practice: { readonly itemVersionId: string; readonly takeId: string };
  readonly script: {
    readonly id: string;
    readonly code: string;
    readonly leaseToken: string;
    readonly hasTurn: boolean;
    readonly scores: Record<string, number>;
  };
}

// ── The table of pages ─────────────────────────────────────────────────────────────────────────────────────────────

interface PageRow {
  readonly who: readonly Actor[];
  /** Where it stands when the address has parts to fill in. */
  readonly at?: (world: World) => string;
  /** Where those who may open it are led on to, for a reason the page states. */
  readonly leadsTo?: (actor: Actor, world: World) => string | null;
}

const everyone = { who: actors } as const;
const admins = { who: ["admin"] } as const;
const own = { who: ["owner"] } as const;
const watchers = ["invigilator", "admin"] as const;
const bankStaff = ["item_writer", "item_reviewer", "admin"] as const;
const bankWriters = ["item_writer", "admin"] as const;
const leads = ["senior_examiner", "admin"] as const;
const markers = ["examiner", "senior_examiner", "holder"] as const;
const deadLink = randomUUID();

const pages: Readonly<Record<string, PageRow>> = {
  "/": everyone,
  "/help": everyone,
  "/privacy": everyone,
  "/verify": everyone,
  "/verify/[code]": { ...everyone, at: ({ code }) => `/verify/${code}` },
  "/share/[token]": { ...everyone, at: () => `/share/${deadLink}` },
  "/register": everyone,
  "/forgot-password": everyone,
  "/reset-password/[token]": { ...everyone, at: () => `/reset-password/${deadLink}` },
  "/verify-email/[token]": { ...everyone, at: () => `/verify-email/${deadLink}` },
  "/invitation/[token]": { ...everyone, at: () => `/invitation/${deadLink}` },
  // Whoever is signed in already is led to where they belong.
  "/sign-in": { ...everyone, leadsTo: (actor) => homes[actor] },
  "/sign-in/code": everyone,
  // Only on the embedded database and loopback, which this is.
  "/mailbox": everyone,

  "/account": { who: signedIn },
  "/account/second-factor": { who: signedIn },
  "/home": { who: candidates },
  "/book": { who: candidates },
  "/results": { who: candidates },
  "/results/[id]": { ...own, at: ({ resultId }) => `/results/${resultId}` },
  "/certificates": { who: candidates },
  "/attempts/[attemptId]/lobby": { ...own, at: ({ attempts }) => `/attempts/${attempts.lobby}/lobby` },
  "/attempts/[attemptId]/receipt": { ...own, at: ({ attempts }) => `/attempts/${attempts.released}/receipt` },
  "/book/interview": { who: candidates },
  "/interviews/[attemptId]/card": { ...own, at: ({ attempts }) => `/interviews/${attempts.interview}/card` },
  "/card": everyone,
  "/interviews": { who: ["examiner", "senior_examiner", "holder", "admin"] },
  "/interviews/[attemptId]": { who: ["holder"], at: ({ attempts }) => `/interviews/${attempts.interview}` },
  "/exam/[attemptId]": { ...own, at: ({ attempts }) => `/exam/${attempts.live}` },

  "/practice": { who: candidates },
  "/practice/[itemVersionId]": { who: candidates, at: ({ practice }) => `/practice/${practice.itemVersionId}` },
  "/practice/takes/[takeId]": { ...own, at: ({ practice }) => `/practice/takes/${practice.takeId}` },

  "/admin": admins,
  "/admin/speech": admins,
  "/admin/approvals": admins,
  "/admin/audit": admins,
  "/admin/centres": admins,
  "/admin/people": admins,
  "/admin/people/invitations": admins,
  "/admin/people/[personId]": { ...admins, at: ({ people }) => `/admin/people/${people.get("candidate")?.id}` },
  "/admin/sittings": { who: watchers },
  "/admin/sittings/[sittingId]": { who: watchers, at: ({ sittingId }) => `/admin/sittings/${sittingId}` },
  "/admin/attempts": { who: watchers },
  "/admin/attempts/[attemptId]": { who: watchers, at: ({ attempts }) => `/admin/attempts/${attempts.live}` },
  "/admin/bank": { who: bankStaff },
  "/admin/bank/health": { who: bankStaff },
  "/admin/bank/assembly": { who: bankStaff },
  "/admin/bank/assembly/simulations/[simulationId]": {
    who: bankStaff,
    at: ({ simulationId }) => `/admin/bank/assembly/simulations/${simulationId}`,
  },
  "/admin/bank/forms": { who: bankStaff },
  "/admin/bank/forms/new": admins,
  "/admin/bank/forms/[formSetId]": { who: bankStaff, at: ({ formSetId }) => `/admin/bank/forms/${formSetId}` },
  "/admin/bank/forms/[formSetId]/[formId]/print": {
    ...admins,
    at: ({ formSetId, formId }) => `/admin/bank/forms/${formSetId}/${formId}/print`,
  },
  "/admin/bank/new": { who: bankWriters },
  "/admin/bank/[itemId]": { who: bankStaff, at: ({ itemId }) => `/admin/bank/${itemId}` },
  "/admin/bank/review": { who: bankStaff },
  "/admin/bank/edits": { who: bankStaff },
  "/admin/bank/import": { who: bankWriters },
  "/admin/bank/import/[importId]": { who: bankWriters, at: ({ importId }) => `/admin/bank/import/${importId}` },
  "/admin/bank/sets/[setId]": { who: bankStaff, at: ({ setId }) => `/admin/bank/sets/${setId}` },
  "/admin/bank/[itemId]/review": {
    who: ["item_reviewer", "admin"],
    at: ({ itemId }) => `/admin/bank/${itemId}/review`,
  },
  "/admin/bank/[itemId]/edit": { who: bankWriters, at: ({ itemId }) => `/admin/bank/${itemId}/edit` },
  "/admin/results": admins,
  "/admin/results/[attemptId]": { ...admins, at: ({ attempts }) => `/admin/results/${attempts.released}` },
  "/admin/appeals": admins,
  "/admin/appeals/[appealId]": { ...admins, at: ({ appealId }) => `/admin/appeals/${appealId}` },
  "/admin/scripts": { who: ["senior_examiner", "admin"] },
  "/admin/certificates": admins,
  "/admin/certificates/[certificateId]": {
    ...admins,
    at: ({ certificateId }) => `/admin/certificates/${certificateId}`,
  },
  "/admin/marking": { who: leads },
  "/admin/marking/examiners": { who: leads },
  "/admin/marking/holds/[holdId]": { who: leads, at: ({ holdId }) => `/admin/marking/holds/${holdId}` },
  "/admin/marking/policies": { who: leads },
  "/admin/machine": { who: leads },
  "/marking": { who: markers },
  "/marking/qualification/[skill]": { who: markers, at: () => "/marking/qualification/writing" },
  "/marking/hold/[skill]": { who: markers, at: () => "/marking/hold/writing" },
  "/marking/[code]": { who: ["holder"], at: ({ script }) => `/marking/${script.code}` },
};

const homes: Readonly<Record<Actor, string | null>> = {
  stranger: null,
  owner: "/home",
  candidate: "/home",
  examiner: "/marking",
  senior_examiner: "/marking",
  holder: "/marking",
  item_writer: "/admin/bank",
  item_reviewer: "/admin/bank",
  invigilator: "/admin/attempts",
  admin: "/admin",
};

// ── The table of routes ────────────────────────────────────────────────────────────────────────────────────────────

interface Call {
  readonly who: readonly Actor[];
  readonly at: (world: World) => string;
  readonly body?: (world: World) => unknown;
  /** A question asked by POST: other sites and programs may ask it too. */
  readonly changesNothing?: true;
  readonly headers?: (world: World) => Record<string, string>;
  /** How it refuses people; an examiner who does not hold a script is told that it is not with her. */
  readonly refuses?: readonly number[];
  /** What it answers to those who may; 200 unless the world holds nothing to give. */
  readonly answers?: (world: World) => number;
}

const exam = (path: string) => (world: World) => `/api/exam/${world.attempts.live}/${path}`;
const interview = (path: string) => (world: World) => `/api/interviews/${world.attempts.interview}/${path}`;
const bands = { fluency: 7, vocabulary: 6.5, grammar: 6, pronunciation: 7 };
const scriptAt = (path: string) => (world: World) => `/api/marking/scripts/${world.script.id}/${path}`;
const recordingAt = (path: string) => (world: World) =>
  `/api/exam/${world.attempts.live}/recordings/${world.recordingId}${path}`;
const notHeld = [403, 404, 409];
const chunk = new TextEncoder().encode("a piece of sound");
const upload = new TextEncoder().encode(
  '--part\r\ncontent-disposition: form-data; name="file"; filename="badge.json"\r\n\r\n{"id":"urn:uuid:0"}\r\n--part--\r\n',
);
const drawing = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>');

/** In this order: what comes later needs what came before, and submission is the last. */
const routes: Readonly<Record<string, Readonly<Record<string, Call>>>> = {
  "/api/account/data": { GET: { who: signedIn, at: () => "/api/account/data" } },
  "/api/certificates/[certificateId]/pdf": {
    GET: { who: ["owner", "admin"], at: ({ certificateId }) => `/api/certificates/${certificateId}/pdf` },
  },
  "/api/certificates/[certificateId]/badge/[form]": {
    GET: { who: ["owner", "admin"], at: ({ certificateId }) => `/api/certificates/${certificateId}/badge/jwt` },
  },
  "/.well-known/did.json": { GET: { ...everyone, at: () => "/.well-known/did.json" } },
  "/credentials/status/[list]": { GET: { ...everyone, at: () => "/credentials/status/1" } },
  "/api/results/[resultId]": {
    GET: { who: ["owner", "admin"], at: ({ resultId }) => `/api/results/${resultId}` },
  },
  "/api/results/[resultId]/pdf": {
    GET: { who: ["owner", "admin"], at: ({ resultId }) => `/api/results/${resultId}/pdf` },
  },
  "/api/v1/report/[token]": { GET: { ...everyone, at: () => `/api/v1/report/${deadLink}` } },
  "/api/v1/verify/[code]": { GET: { ...everyone, at: ({ code }) => `/api/v1/verify/${code}` } },
  "/api/v1/verify": {
    POST: {
      ...everyone,
      changesNothing: true,
      at: () => "/api/v1/verify",
      body: () => upload,
      headers: () => ({ "content-type": "multipart/form-data; boundary=part" }),
    },
  },
  "/api/media/[name]": {
    GET: { who: bankStaff, at: ({ mediaName }) => `/api/media/${mediaName}` },
    PUT: { who: bankWriters, at: ({ recordingId }) => `/api/media/${recordingId}.svg`, body: () => drawing },
  },
  "/api/bank/imports": {
    POST: { who: bankWriters, at: () => "/api/bank/imports?name=nothing.csv", body: () => drawing },
  },
  "/api/bank/export": { GET: { who: bankStaff, at: () => "/api/bank/export?format=csv" } },
  "/api/bank/table-template": { GET: { who: bankWriters, at: () => "/api/bank/table-template?skill=writing" } },
  "/api/practice/takes": {
    POST: {
      who: candidates,
      at: ({ practice }) => `/api/practice/takes?item=${practice.itemVersionId}&take=${randomUUID()}`,
      body: () => chunk,
      headers: () => ({ "x-sound-type": "audio/webm" }),
    },
  },
  "/api/practice/takes/[takeId]/audio": {
    GET: { ...own, at: ({ practice }) => `/api/practice/takes/${practice.takeId}/audio` },
  },
  "/api/practice/items/[itemVersionId]/heard": {
    POST: {
      who: candidates,
      at: ({ practice }) => `/api/practice/items/${practice.itemVersionId}/heard?turn=0`,
      body: () => chunk,
      // A picture asks nothing back.
      answers: () => 404,
    },
  },
  "/api/practice/items/[itemVersionId]/media": {
    GET: { who: candidates, at: ({ practice }) => `/api/practice/items/${practice.itemVersionId}/media` },
  },
  "/api/exam/[attemptId]/start": {
    POST: {
      ...own,
      at: ({ attempts }) => `/api/exam/${attempts.lobby}/start`,
      body: ({ clientId }) => ({ clientId }),
    },
  },
  "/api/exam/[attemptId]/state": { GET: { ...own, at: exam("state") } },
  "/api/exam/[attemptId]/heartbeat": {
    GET: { ...own, at: (world) => `${exam("heartbeat")(world)}?client=${world.clientId}` },
  },
  "/api/exam/[attemptId]/takeover": {
    POST: { ...own, at: exam("takeover"), body: ({ clientId }) => ({ clientId }) },
  },
  "/api/exam/[attemptId]/answers": {
    POST: {
      ...own,
      at: exam("answers"),
      body: ({ clientId, speaking }) => ({
        clientId,
        anchor: "",
        entries: [
          { attemptItemId: speaking.id, sequence: 1, epoch: 1, value: null, flagged: false, madeAt: Date.now() },
        ],
      }),
    },
  },
  "/api/exam/[attemptId]/plays": {
    POST: {
      ...own,
      at: exam("plays"),
      body: ({ clientId, speaking }) => ({ clientId, attemptItemId: speaking.id, number: 1 }),
    },
  },
  "/api/exam/[attemptId]/heard": {
    // The speaking task of `ielp` is no conversation: its owner gets as far as being told so.
    POST: {
      ...own,
      at: (world) => `${exam("heard")(world)}?item=${world.speaking.id}&turn=0`,
      body: () => chunk,
      answers: () => 404,
    },
    PUT: {
      ...own,
      at: (world) => `${exam("heard")(world)}?item=${world.speaking.id}&turn=0`,
      answers: () => 404,
    },
  },
  "/api/exam/[attemptId]/audio": { GET: { ...own, at: (world) => `${exam("audio")(world)}?ticket=${world.ticket}` } },
  "/api/exam/[attemptId]/pictures/[itemId]": {
    GET: {
      ...own,
      at: (world) => exam(`pictures/${world.speaking.id}`)(world),
      answers: ({ speaking }) => (speaking.picture ? 200 : 404),
    },
  },
  "/api/exam/[attemptId]/recordings/[recordingId]/chunks/[index]": {
    PUT: {
      ...own,
      at: recordingAt("/chunks/0"),
      body: () => chunk,
      headers: ({ clientId, speaking }) => ({
        "x-chunk-sha256": createHash("sha256").update(chunk).digest("hex"),
        "x-take": new URLSearchParams({
          clientId,
          attemptItemId: speaking.id,
          mimeType: "audio/webm",
          take: "1",
          madeAt: String(Date.now()),
          anchor: "",
        }).toString(),
      }),
    },
  },
  "/api/account/recordings/[recordingId]": {
    GET: { ...own, at: ({ recordingId }) => `/api/account/recordings/${recordingId}` },
  },
  "/api/exam/[attemptId]/sections/[sectionId]": {
    POST: { ...own, at: (world) => exam(`sections/${world.section}`)(world), body: ({ clientId }) => ({ clientId }) },
    DELETE: { ...own, at: (world) => exam(`sections/${world.section}`)(world), body: ({ clientId }) => ({ clientId }) },
  },
  "/api/exam/[attemptId]/submit": { POST: { ...own, at: exam("submit"), body: ({ clientId }) => ({ clientId }) } },
  "/api/interviews/card": {
    POST: {
      ...everyone,
      changesNothing: true,
      at: () => "/api/interviews/card",
      body: ({ cardCode }) => ({ code: cardCode }),
    },
  },
  "/api/interviews/[attemptId]/begin": {
    POST: { who: ["holder"], at: interview("begin"), body: ({ clientId }) => ({ clientId }) },
  },
  "/api/interviews/[attemptId]/console": { GET: { who: ["holder"], at: interview("console") } },
  "/api/interviews/[attemptId]/card": { GET: { ...own, at: interview("card") } },
  "/api/interviews/[attemptId]/entries": {
    POST: {
      who: ["holder"],
      at: interview("entries"),
      body: ({ clientId }) => ({
        clientId,
        entries: [{ sequence: 1, madeAt: Date.now(), value: { kind: "notes", text: "A note." } }],
      }),
    },
  },
  "/api/interviews/[attemptId]/sound/[recordingId]/[index]": {
    PUT: {
      who: ["holder", "owner"],
      at: ({ attempts, clientId }) => `/api/interviews/${attempts.interview}/sound/${clientId}/0`,
      body: () => chunk,
      headers: ({ clientId }) => ({
        "x-chunk-sha256": createHash("sha256").update(chunk).digest("hex"),
        "x-take": new URLSearchParams({ clientId, mimeType: "audio/webm", madeAt: String(Date.now()) }).toString(),
      }),
    },
  },
  "/api/interviews/[attemptId]/marks": {
    POST: { who: ["holder"], at: interview("marks"), body: () => ({ bands }) },
    PUT: { who: ["holder"], at: interview("marks"), body: () => ({ bands: { ...bands, grammar: 6.5 } }) },
  },
  "/api/interviews/[attemptId]/final": { POST: { who: ["holder"], at: interview("final"), body: () => ({}) } },
  "/api/marking/next": {
    POST: {
      who: ["holder", "examiner", "senior_examiner"],
      at: () => "/api/marking/next",
      body: () => ({ skill: "speaking" }),
    },
  },
  "/api/marking/exemplars": { GET: { who: markers, at: () => "/api/marking/exemplars?skill=writing" } },
  "/api/marking/exemplars/[benchmarkId]/audio": {
    GET: { who: markers, at: ({ exemplarId }) => `/api/marking/exemplars/${exemplarId}/audio` },
  },
  "/api/marking/retake": {
    POST: { who: ["holder"], at: () => "/api/marking/retake", body: ({ script }) => ({ code: script.code }) },
  },
  "/api/marking/scripts/[scriptId]/audio": {
    GET: { who: ["holder", "senior_examiner", "admin"], at: scriptAt("audio") },
  },
  "/api/marking/scripts/[scriptId]/task/[part]": {
    GET: {
      who: ["holder", "senior_examiner", "admin"],
      at: scriptAt("task/turn"),
      answers: ({ script }) => (script.hasTurn ? 200 : 404),
    },
  },
  "/api/marking/scripts/[scriptId]/lease": {
    POST: {
      who: ["holder"],
      refuses: notHeld,
      at: scriptAt("lease"),
      body: ({ script }) => ({ leaseToken: script.leaseToken }),
    },
  },
  "/api/marking/scripts/[scriptId]/draft": {
    PUT: {
      who: ["holder"],
      refuses: notHeld,
      at: scriptAt("draft"),
      body: ({ script }) => ({ leaseToken: script.leaseToken, scores: script.scores, comment: "" }),
    },
  },
  "/api/marking/scripts/[scriptId]/rating": {
    POST: {
      who: ["holder"],
      refuses: notHeld,
      at: scriptAt("rating"),
      body: ({ script }) => ({ leaseToken: script.leaseToken, scores: script.scores, comment: "" }),
    },
  },
};

/** Not ours to guard: next-auth answers everybody and checks a token of its own before it signs anybody in. */
const openRoutes = ["/api/auth/[...nextauth]"];

// ── What the file system holds ─────────────────────────────────────────────────────────────────────────────────────

const appFolder = join(import.meta.dirname, "..", "apps", "web", "src", "app");

function addressesOf(file: "page.tsx" | "route.ts"): { address: string; path: string }[] {
  return readdirSync(appFolder, { recursive: true, encoding: "utf8" })
    .filter((path) => path === file || path.endsWith(`/${file}`))
    .map((path) => {
      const folders = path.split("/").slice(0, -1);
      return {
        address: `/${folders.filter((folder) => !folder.startsWith("(")).join("/")}`,
        path: join(appFolder, path),
      };
    })
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}

test("every page and every method of every route has its row, and no row is left over", () => {
  expect(addressesOf("page.tsx").map(({ address }) => address)).toEqual(Object.keys(pages).sort());
  const handled = addressesOf("route.ts").filter(({ address }) => !openRoutes.includes(address));
  const methods = handled.flatMap(({ address, path }) =>
    [...readFileSync(path, "utf8").matchAll(/export const (GET|HEAD|POST|PUT|PATCH|DELETE) /g)].map(
      ([, method]) => `${method} ${address}`,
    ),
  );
  const rows = Object.entries(routes).flatMap(([address, calls]) =>
    Object.keys(calls).map((method) => `${method} ${address}`),
  );
  expect(methods.sort()).toEqual(rows.sort());
});

// ── The world it is asked in ───────────────────────────────────────────────────────────────────────────────────────

let world: World;

test.describe("pages", () => {
  test.describe.configure({ timeout: 120_000 });

  test.beforeAll(async ({ arrange }) => {
    world = await makeWorld(arrange);
  });

  for (const [address, row] of Object.entries(pages)) {
    test(address, async () => {
      const path = row.at ? row.at(world) : address;
      for (const actor of actors) {
        const response = await fetch(baseUrl + path, { headers: await cookiesOf(actor), redirect: "manual" });
        const location = response.headers.get("location");
        const to = location === null ? null : new URL(location, baseUrl);
        const outcome = to ? `leads to ${to.pathname}` : String(response.status);
        const led = row.leadsTo?.(actor, world) ?? null;
        const expected = row.who.includes(actor)
          ? led
            ? `leads to ${led}`
            : "200"
          : actor === "stranger"
            ? "leads to /sign-in"
            : "404";
        expect.soft(outcome, `${actor} opens ${path}`).toBe(expected);
        if (expected === "leads to /sign-in") expect.soft(to?.searchParams.get("next"), "and back").toBe(path);
        await response.arrayBuffer();
      }
    });
  }
});

test.describe("routes", () => {
  // In the order of the table: what comes later needs what came before.
  test.describe.configure({ mode: "serial", timeout: 120_000 });

  test.beforeAll(async ({ arrange }) => {
    world = await makeWorld(arrange);
  });

  for (const [address, calls] of Object.entries(routes)) {
    for (const [method, call] of Object.entries(calls)) {
      test(`${method} ${address}`, async ({ arrange }) => {
        const safe = method === "GET" || call.changesNothing === true;
        await renewScript(arrange);
        const before = await stateOf(arrange);
        for (const actor of actors) {
          if (call.who.includes(actor)) continue;
          const status = await ask(method, call, actor);
          if (actor === "stranger") expect.soft(status, "a stranger").toBe(401);
          else expect.soft(call.refuses ?? [403, 404], `${actor} got ${status}`).toContain(status);
        }
        const [by] = call.who;
        if (!by) throw new Error("a route nobody may call");
        if (!safe) {
          expect.soft(await ask(method, call, by, {}), "without Origin").toBe(403);
          expect.soft(await ask(method, call, by, { origin: "https://elsewhere.example" }), "from elsewhere").toBe(403);
        }
        expect(await stateOf(arrange), "denied calls change nothing").toEqual(before);
        const expected = call.answers?.(world) ?? 200;
        for (const actor of safe ? call.who : [by]) expect.soft(await ask(method, call, actor), actor).toBe(expected);
      });
    }
  }

  test("next-auth signs nobody in without its own token", async ({ arrange }) => {
    const { email, password } = await arrange.person(["candidate"]);
    const response = await fetch(`${baseUrl}/api/auth/callback/credentials`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: baseUrl },
      body: new URLSearchParams({ email, password, csrfToken: "guessed", json: "true" }),
    });
    expect(response.headers.getSetCookie().join(" ")).not.toContain("bandwise.session");
  });
});

async function cookiesOf(actor: Actor): Promise<Record<string, string>> {
  const person = world.people.get(actor);
  return person ? { cookie: await cookieHeader(person) } : {};
}

async function ask(
  method: string,
  call: Call,
  actor: Actor,
  from: Record<string, string> = { origin: baseUrl },
): Promise<number> {
  const body = call.body?.(world);
  const raw = body instanceof Uint8Array;
  const response = await fetch(baseUrl + call.at(world), {
    method,
    redirect: "manual",
    headers: {
      ...(method === "GET" ? {} : from),
      ...(await cookiesOf(actor)),
      ...(body !== undefined && !raw && { "content-type": "application/json" }),
      ...call.headers?.(world),
    },
    ...(body !== undefined && { body: raw ? Buffer.from(body) : JSON.stringify(body) }),
  });
  await response.arrayBuffer();
  return response.status;
}

/** Taking a script up once more gives its holder a new token. */
async function renewScript({ db }: Arrange): Promise<void> {
  const { leaseToken } = await db.script.findUniqueOrThrow({ where: { id: world.script.id } });
  if (leaseToken) world = { ...world, script: { ...world.script, leaseToken } };
}

/** Everything the routes could have moved. */
async function stateOf({ db }: Arrange): Promise<unknown> {
  const attemptIds = Object.values(world.attempts);
  const of = { where: { attemptId: { in: attemptIds } }, orderBy: { id: "asc" as const } };
  const item = { attemptItem: { attemptId: { in: attemptIds } } };
  const [interviews, entries, attempts, sections, answers, plays, recordings, chunks, script, ratings, media] =
    await Promise.all([
      db.interview.findMany({ where: of.where }),
      db.interviewEntry.count({ where: of.where }),
      db.attempt.findMany({ where: { id: { in: attemptIds } }, orderBy: { id: "asc" } }),
      db.attemptSection.findMany(of),
      db.answerEntry.count({ where: of.where }),
      db.audioPlay.count({ where: item }),
      db.recording.findMany({ where: item, orderBy: { id: "asc" } }),
      db.recordingChunk.count({ where: { recording: item } }),
      db.script.findUnique({ where: { id: world.script.id } }),
      db.rating.findMany({ where: { scriptId: world.script.id }, orderBy: { id: "asc" } }),
      db.media.count({ where: { name: `${world.recordingId}.svg` } }),
    ]);
  return { interviews, entries, attempts, sections, answers, plays, recordings, chunks, script, ratings, media };
}

async function makeWorld(arrange: Arrange): Promise<World> {
  const { db, ids } = arrange.services;
  const people = new Map<Actor, Person>();
  for (const role of ["candidate", ...staff] as const) people.set(role, await arrange.person([role], `Any ${role}`));
  const owner = await arrange.person(["candidate"], "Ola Owner");
  const holder = await arrange.person(["examiner"], "Hal Holder");
  people.set("owner", owner).set("holder", holder);

  const released = await arrange.released(owner);
  const lobby = await arrange.checkedIn(owner);
  const { attemptId: live, clientId } = await arrange.started(owner);
  const sections = await db.attemptSection.findMany({ where: { attemptId: live }, orderBy: { position: "asc" } });
  const asOwner = arrange.as(owner.viewer);
  for (const { id, position } of sections) {
    const held = { attemptId: live, sectionId: id, clientId };
    if (position > 1) await beginSection(asOwner, held);
    if (position < sections.length) await endSection(asOwner, held);
  }
  const tasks = await db.attemptItem.findMany({
    where: { attemptId: live, skill: "speaking" },
    orderBy: { position: "asc" },
    include: { itemVersion: true },
  });
  const contents = tasks.map(({ id, itemVersion }) => ({
    id,
    ...(itemVersion.content as { turn?: unknown; picture?: unknown }),
  }));
  const answering = contents.filter(({ turn }) => turn);
  const speaking = answering.find(({ picture }) => picture) ?? answering[0];
  if (!speaking) throw new Error("no task answers a recorded turn");
  const other = answering.find(({ id }) => id !== speaking.id) ?? speaking;
  const { ticket } = await recordPlay(asOwner, { attemptId: live, attemptItemId: other.id, clientId, number: 1 });

  // The demonstration's scripts are for qualified examiners, and a seed may come instead: here whoever asks gets one, and itself.
  await db.script.updateMany({
    where: { skill: "speaking", status: "waiting", purpose: "live" },
    data: { needsQualification: false, policy: { programme: "ielp", scheme: "ielp", version: 1, data: oneMark } },
  });
  const asHolder = arrange.as(holder.viewer);
  const taken = await takeScript(asHolder, { skill: "speaking" });
  if (!taken) throw new Error("no speaking script waits");
  const script = await getScriptForMarking(asHolder, taken);
  if (!script.lease || script.work.skill !== "speaking") throw new Error("the script was taken away");

  const { appealId } = await askForRemark(asOwner, {
    resultId: released.resultId,
    skills: ["writing"],
    reason: "To see who may open it.",
  });
  const item = await db.item.findFirstOrThrow({ where: { skill: "reading" }, select: { id: true } });
  const set = await db.itemSet.create({
    data: { id: ids.uuid(), slug: `access-${ids.uuid()}`, title: "Set", skill: "reading", createdAt: new Date() },
    select: { id: true },
  });
  const { simulationId } = await requestSimulation(arrange.as(await arrange.demo("admin")), {
    programme: "ielp",
    candidates: 1,
    sittings: 1,
    seed: "access",
  });
  const hold = await db.markingHold.create({
    data: {
      id: ids.uuid(),
      personId: holder.viewer.personId,
      skill: "writing",
      openedAt: new Date(),
      goodUntil: new Date(),
      decidedAt: new Date(),
      verdict: "lifted",
      missed: [],
    },
    select: { id: true },
  });
  const exemplar = await db.benchmark.findFirstOrThrow({ where: { skill: "speaking", use: "training" } });
  const { formSetId } = await makeFormSet(arrange.as(await arrange.demo("admin")), {
    name: `Access ${ids.uuid()}`,
    forms: 2,
  });
  const form = await db.fixedForm.findFirstOrThrow({ where: { setId: formSetId }, select: { id: true } });
  const imported = await db.itemImport.create({
    data: {
      id: ids.uuid(),
      fileName: "items.zip",
      storageKey: "imports/none",
      sha256: "",
      bytes: 1,
      status: "discarded",
      createdById: holder.viewer.personId,
      createdAt: new Date(),
    },
    select: { id: true },
  });
  const interviewed = await identifiedInterview(arrange, holder, owner);
  const { code: cardCode } = await renewCardCode(arrange.as(holder.viewer), { attemptId: interviewed });
  const media = await db.media.findFirstOrThrow({ select: { name: true }, orderBy: { name: "asc" } });
  const attempt = await db.attempt.findUniqueOrThrow({ where: { id: live }, select: { sittingId: true } });
  return {
    people,
    attempts: { lobby, live, released: released.attemptId, interview: interviewed },
    cardCode,
    resultId: released.resultId,
    appealId,
    certificateId: released.certificateId,
    code: released.code,
    sittingId: attempt.sittingId,
    itemId: item.id,
    simulationId,
    holdId: hold.id,
    exemplarId: exemplar.id,
    formSetId,
    formId: form.id,
    setId: set.id,
    importId: imported.id,
    mediaName: media.name,
    clientId,
    section: sections.at(-1)?.id ?? "",
    speaking: { id: speaking.id, picture: Boolean(speaking.picture) },
    ticket,
    recordingId: ids.uuid(),
    practice: await practised(arrange, owner),
    script: {
      id: script.id,
      code: script.code,
      leaseToken: script.lease.token,
      hasTurn: "turn" in script.work.task && script.work.task.turn !== undefined,
      scores: Object.fromEntries(script.rubric.criteria.map(({ id }) => [id, 6])),
    },
  };
}

async function practised(arrange: Arrange, owner: Person): Promise<World["practice"]> {
  const { kinds } = await getPracticeHome(arrange.as(owner.viewer), {});
  const itemVersionId = kinds.find(({ kind }) => kind === "picture")?.next?.id ?? "";
  const take = { takeId: randomUUID(), itemVersionId, mimeType: "audio/webm", content: chunk };
  return { itemVersionId, ...(await submitPracticeTake(arrange.as(owner.viewer), take)) };
}
