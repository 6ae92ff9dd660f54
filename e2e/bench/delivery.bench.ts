/**
 * `pnpm bench delivery`: drives the production build over HTTP with everything on (session or exam token, policy, audit,
 * CSRF check, rate limits, a durable database) and prints processor milliseconds per request, site plus PostgreSQL.
 * Processor time is read from /proc, so it needs Linux; the driver's own time is not counted.
 */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { createServices } from "@bandwise/core/adapters/services";
import { bookSitting, checkIn } from "@bandwise/core/delivery/commands";
import { beginSection, endSection } from "@bandwise/core/delivery/exam-commands";
import { anchorFor } from "@bandwise/core/delivery/seals";
import { type Context, contextFor, type Services } from "@bandwise/core/kernel/context";
import type { Viewer } from "@bandwise/core/kernel/policy";
import { readSettings } from "@bandwise/core/kernel/settings";
import { hashPassword } from "@bandwise/core/people/passwords";

interface Launch {
  startDatabase(env: NodeJS.ProcessEnv): Promise<{ environment: NodeJS.ProcessEnv; stop(): Promise<void> }>;
  seed(env: NodeJS.ProcessEnv): Promise<void>;
  startPrograms(env: NodeJS.ProcessEnv, options: { onEnd(line: string): void }): Promise<{ stop(): Promise<void> }>;
  buildWeb(): Promise<unknown>;
  buildWorker(): Promise<unknown>;
}

const candidates = 60;
/** Sit the same exam just before, unmeasured: what a server compiles and reads once after its start is no request's price. */
const first = 40;
const savesEach = 50;
const parallel = 8;
/** The page's recorder makes 48 kbit/s and uploads this many seconds at a time. */
const secondsTogether = 45;
const soundBytesPerSecond = 6_000;
const password = "a long bench password";

const launch: Launch = {
  ...(await import(new URL("../../config/launch/serve.mjs", import.meta.url).href)),
  ...(await import(new URL("../../config/launch/prepare.mjs", import.meta.url).href)),
};

interface Sitter {
  readonly email: string;
  readonly viewer: Viewer;
  readonly attemptId: string;
  readonly clientId: string;
  session: string;
  exam: string;
  sequence: number;
}

interface Call {
  readonly sitter: Sitter;
  run(): Promise<Response>;
}

const folder = mkdtempSync(join(tmpdir(), "bandwise-bench-"));
chmodSync(folder, 0o711);
const port = await freePort();
const base = `http://localhost:${port}`;
const stops: (() => Promise<void>)[] = [];
try {
  await launch.buildWorker();
  await launch.buildWeb();
  const database = await launch.startDatabase({
    ...process.env,
    DATABASE_URL: "",
    DATA_DIR: folder,
    HOST: "127.0.0.1",
    PORT: String(port),
    PUBLIC_URL: base,
    AUTH_SECRET: randomBytes(48).toString("base64url"),
    LOG_LEVEL: "warn",
  });
  stops.push(() => database.stop());
  await launch.seed(database.environment);
  const services = await createServices(readSettings(database.environment), "cli");
  stops.push(() => services.close());
  const programs = await launch.startPrograms(database.environment, { onEnd: (line) => console.error(line) });
  stops.push(() => programs.stop());
  await measureAll(services);
} finally {
  for (const stop of stops.reverse()) await stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measureAll(services: Services): Promise<void> {
  const all = await arrange(services);
  for (const sitter of all) sitter.session = await signIn(sitter);
  console.log(
    `${candidates} candidates after ${first} that are not counted, ${parallel} requests at a time; processor milliseconds are site + PostgreSQL.\n`,
  );
  console.log("request                     count   site     pg    sum  target   req/s   p50   p95   p99  errors");
  const halfMegabyte = randomBytes(500_000);
  for (const sitters of [all.slice(0, first), all.slice(first)]) {
    const counted = sitters.length === candidates;
    await sit(services, sitters, halfMegabyte, counted ? measure : run);
  }
  await weighScripts(all);
}

type Step = (title: string, target: number, calls: readonly Call[]) => Promise<unknown>;

async function sit(services: Services, sitters: readonly Sitter[], sound: Buffer, step: Step): Promise<void> {
  await step(
    "start an attempt",
    15,
    sitters.map((sitter) => ({
      sitter,
      run: async () => {
        const response = await post(sitter, `start`, { clientId: sitter.clientId });
        sitter.exam = cookieFrom(response, "bandwise.exam");
        return response;
      },
    })),
  );
  await step(
    "exam page",
    20,
    sitters.flatMap((sitter) =>
      [1, 2, 3].map(() => ({
        sitter,
        run: () =>
          fetch(`${base}/exam/${sitter.attemptId}`, { headers: { cookie: sitter.session }, redirect: "manual" }),
      })),
    ),
  );
  await step("save an answer", 6, await saves(services, sitters));
  await toLastSection(services, sitters);
  await step("recording, 0.5 MB", 10, await recordings(services, sitters, sound));
  await step(
    "submit",
    15,
    sitters.map((sitter) => ({ sitter, run: () => post(sitter, "submit", { clientId: sitter.clientId }) })),
  );
}

async function arrange(services: Services): Promise<Sitter[]> {
  const { db, ids, clock } = services;
  const passwordHash = await hashPassword(password);
  const sitting = await db.sitting.findFirstOrThrow({
    where: { programme: { name: "ielp" }, startsAt: { lt: clock.now() }, endsAt: { gt: clock.now() } },
    orderBy: { endsAt: "desc" },
  });
  const sitters: Sitter[] = [];
  for (let index = 0; index < first + candidates; index += 1) {
    const id = ids.uuid();
    const email = `bench-${index}@demo.test`;
    const createdAt = clock.now();
    await db.person.create({
      data: {
        id,
        name: `Bench Candidate ${index}`,
        email,
        passwordHash,
        emailVerifiedAt: createdAt,
        dateOfBirth: new Date("1990-01-01"),
        createdAt,
        roles: { create: { id: ids.uuid(), role: "candidate", grantedAt: createdAt } },
      },
    });
    const viewer: Viewer = { kind: "person", personId: id, roles: ["candidate"], centreIds: [] };
    const context = as(services, viewer);
    const { attemptId } = await bookSitting(context, { sittingId: sitting.id });
    await checkIn(context, { attemptId, privacyNotice: true, recordingConsent: true, ofAge: true });
    sitters.push({ email, viewer, attemptId, clientId: randomUUID(), session: "", exam: "", sequence: 0 });
  }
  return sitters;
}

async function signIn({ email }: Sitter): Promise<string> {
  const first = await fetch(`${base}/api/auth/csrf`);
  const cookie = first.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const { csrfToken } = (await first.json()) as { csrfToken: string };
  const answer = await fetch(`${base}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", cookie, origin: base },
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
  });
  return cookieFrom(answer, "bandwise.session");
}

async function saves(services: Services, sitters: readonly Sitter[]): Promise<Call[]> {
  const rooms = await Promise.all(
    sitters.map(async (sitter) => ({
      sitter,
      items: await services.db.attemptItem.findMany({
        where: { attemptId: sitter.attemptId, skill: "reading" },
        select: { id: true },
      }),
    })),
  );
  // Seat by seat, round after round: as a room answers.
  return Array.from({ length: savesEach }, (_, round) =>
    rooms.map(({ sitter, items }) => ({
      sitter,
      run: () => {
        const now = Date.now();
        sitter.sequence += 1;
        return post(sitter, "answers", {
          clientId: sitter.clientId,
          anchor: anchorFor(services.settings.authSecret, sitter.attemptId, now),
          entries: [
            {
              attemptItemId: items[round % items.length]?.id,
              sequence: sitter.sequence,
              epoch: 1,
              value: "abc".charAt(round % 3),
              flagged: false,
              madeAt: now,
            },
          ],
        });
      },
    })),
  ).flat();
}

/** Brings everybody to the speaking section, outside the measurement. */
async function toLastSection(services: Services, sitters: readonly Sitter[]): Promise<void> {
  for (const { viewer, attemptId, clientId } of sitters) {
    const context = as(services, viewer);
    const sections = await services.db.attemptSection.findMany({ where: { attemptId }, orderBy: { position: "asc" } });
    for (const [index, section] of sections.entries()) {
      if (index > 0) await beginSection(context, { attemptId, clientId, sectionId: section.id });
      if (index < sections.length - 1) await endSection(context, { attemptId, clientId, sectionId: section.id });
    }
  }
}

async function recordings(services: Services, sitters: readonly Sitter[], content: Buffer): Promise<Call[]> {
  // As the page sends them: see apps/web/src/features/exam/client/pieces.ts.
  const pieceBytes = secondsTogether * soundBytesPerSecond;
  const pieces = Array.from({ length: Math.ceil(content.length / pieceBytes) }, (_, index) => {
    const piece = new Uint8Array(content.subarray(index * pieceBytes, (index + 1) * pieceBytes));
    return { content: piece, sha256: createHash("sha256").update(piece).digest("hex") };
  });
  return Promise.all(
    sitters.map(async (sitter) => {
      const item = await services.db.attemptItem.findFirstOrThrow({
        where: { attemptId: sitter.attemptId, skill: "speaking" },
        select: { id: true },
      });
      const recordingId = randomUUID();
      return {
        sitter,
        run: async () => {
          const now = Date.now();
          const take = new URLSearchParams({
            attemptItemId: item.id,
            clientId: sitter.clientId,
            mimeType: "audio/webm",
            take: "1",
            madeAt: String(now),
            anchor: anchorFor(services.settings.authSecret, sitter.attemptId, now),
          });
          let complete = false;
          for (const [index, piece] of pieces.entries()) {
            const kept = await fetch(`${base}/api/exam/${sitter.attemptId}/recordings/${recordingId}/chunks/${index}`, {
              method: "PUT",
              headers: {
                "content-type": "application/octet-stream",
                cookie: `${sitter.session}; ${sitter.exam}`,
                origin: base,
                "x-chunk-sha256": piece.sha256,
                ...(index === 0 && { "x-take": take.toString() }),
                ...(index === pieces.length - 1 && { "x-chunk-count": String(pieces.length) }),
              },
              body: piece.content,
            });
            if (!kept.ok) return kept;
            complete = ((await kept.json()) as { complete: boolean }).complete;
          }
          return new Response(null, { status: complete ? 200 : 500 });
        },
      };
    }),
  );
}

function post({ attemptId, session, exam }: Sitter, path: string, body: unknown): Promise<Response> {
  return fetch(`${base}/api/exam/${attemptId}/${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      cookie: exam === "" ? session : `${session}; ${exam}`,
      origin: base,
    },
    body: JSON.stringify(body),
  });
}

/** Runs the calls, some at a time. @returns how long each took, sorted, and how many failed. */
async function run(_title: string, _target: number, calls: readonly Call[]) {
  const times: number[] = [];
  let errors = 0;
  const queue = [...calls];
  const lane = async (): Promise<void> => {
    for (let call = queue.shift(); call; call = queue.shift()) {
      const from = performance.now();
      const response = await call.run();
      await response.arrayBuffer();
      times.push(performance.now() - from);
      if (response.status !== 200) errors += 1;
    }
  };
  await Promise.all(Array.from({ length: parallel }, lane));
  times.sort((a, b) => a - b);
  return { times, errors };
}

async function measure(title: string, target: number, calls: readonly Call[]): Promise<void> {
  const before = processorMs();
  const started = performance.now();
  const { times, errors } = await run(title, target, calls);
  const seconds = (performance.now() - started) / 1000;
  const after = processorMs();
  const site = (after.site - before.site) / calls.length;
  const pg = (after.pg - before.pg) / calls.length;
  const at = (share: number): string =>
    (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(0);
  console.log(
    [
      title.padEnd(26),
      String(calls.length).padStart(6),
      site.toFixed(2).padStart(7),
      pg.toFixed(2).padStart(6),
      (site + pg).toFixed(2).padStart(6),
      `≤ ${target}`.padStart(7),
      (calls.length / seconds).toFixed(0).padStart(7),
      at(0.5).padStart(5),
      at(0.95).padStart(5),
      at(0.99).padStart(5),
      String(errors).padStart(7),
    ].join(" "),
  );
}

/** What an exam page makes the browser fetch as script, compressed as it is sent. */
async function weighScripts([sitter]: readonly Sitter[]): Promise<void> {
  if (!sitter) return;
  const page = await fetch(`${base}/exam/${sitter.attemptId}`, { headers: { cookie: sitter.session } });
  // A browser of this decade does not fetch what is marked for those without modules.
  const html = (await page.text()).replace(/<script[^>]*\bnomodule\b[^>]*>/gi, "");
  // Script tags and what the page's data asks to be loaded with them.
  const files = new Set(html.match(/\/_next\/static\/chunks\/[\w./~-]+\.js/g) ?? []);
  let bytes = 0;
  for (const file of files) {
    const script = Buffer.from(await (await fetch(new URL(file, base))).arrayBuffer());
    bytes += gzipSync(script).length;
  }
  console.log(`\nexam page: ${files.size} script files, ${(bytes / 1000).toFixed(0)} kB compressed (≤ 200)`);
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly milliseconds: number;
}

function processes(): Process[] {
  return readdirSync("/proc").flatMap((entry): Process[] => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const command = readFileSync(`/proc/${entry}/cmdline`, "utf8").replaceAll("\0", " ");
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      // proc(5): after the name in brackets come state, parent, …; user and system time are fields 14 and 15, in ticks of 10 ms.
      const fields = stat.slice(stat.lastIndexOf(") ") + 2).split(" ");
      // 16 and 17 are those of children that have ended: a database connection that closes must not take its time along.
      const milliseconds = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0) * 10;
      return [{ pid: Number(entry), parent: Number(fields[1]), command, milliseconds }];
    } catch {
      return []; // It ended while we looked.
    }
  });
}

/** Processor time so far of this installation's site and of its PostgreSQL, their child processes included. */
function processorMs(): { site: number; pg: number } {
  const all = processes();
  const family = (isHead: (one: Process) => boolean): number => {
    const members = new Set(all.filter(isHead).map((one) => one.pid));
    for (let size = -1; size !== members.size; ) {
      size = members.size;
      for (const one of all) if (members.has(one.parent)) members.add(one.pid);
    }
    return all.reduce((sum, one) => sum + (members.has(one.pid) ? one.milliseconds : 0), 0);
  };
  return {
    // The site's server is our child and renames itself; the database's first process names its folder.
    site: family((one) => one.parent === process.pid && one.command.includes("next")),
    pg: family((one) => one.command.includes("postgres") && one.command.includes(folder)),
  };
}

function cookieFrom(response: Response, name: string): string {
  const line = response.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`));
  if (!line) throw new Error(`no ${name} cookie came back: status ${response.status}`);
  return line.split(";")[0] ?? "";
}

function as(services: Services, viewer: Viewer): Context {
  return contextFor(services, viewer, randomUUID());
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
