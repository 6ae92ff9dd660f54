import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PrismaClient } from "@bandwise/db/client";
import { pino } from "pino";
import { createRater } from "../adapters/rater.ts";
import { createFolderStore } from "../adapters/storage.ts";
import { type Context, contextFor, type Mail, ProcessMemory, type Services } from "../kernel/context.ts";
import { systemIds } from "../kernel/ids.ts";
import type { QueuedJob } from "../kernel/jobs.ts";
import { type Role, systemViewer, type Viewer } from "../kernel/policy.ts";
import { readSettings } from "../kernel/settings.ts";
import { jobHandlers } from "../registry.ts";

export interface TestServices extends Services {
  /** Mails sent so far. */
  readonly mails: Mail[];
  /** Jobs that committed so far, oldest first. */
  readonly jobs: QueuedJob[];
  setNow(now: Date): void;
  advance(seconds: number): void;
  as(viewer: Viewer): Context;
  /** Runs the committed jobs, and the jobs these ask for, until none is left. */
  drain(): Promise<void>;
}

/** One for all tests of a process: its dictionaries take a second to load, and a thread at rest keeps nobody waiting. */
const testRater = createRater(1);

/** Real database, real files in a temporary folder; a clock that stands still, mails and jobs that can be looked at. */
export function testServices(db: PrismaClient, start = new Date("2026-03-02T09:00:00Z")): TestServices {
  let now = start;
  const mails: Mail[] = [];
  const jobs: QueuedJob[] = [];
  const dataDir = mkdtempSync(join(tmpdir(), "bandwise-test-"));
  const services: Services = {
    db,
    clock: { now: () => now },
    ids: systemIds,
    storage: createFolderStore(join(dataDir, "files")),
    mailer: { send: async (mail) => void mails.push(mail) },
    queue: { send: async (_tx, sent) => void jobs.push(...sent) },
    rater: testRater,
    speechToText: null,
    languageModel: null,
    partner: null,
    partnerVoice: null,
    settings: readSettings({
      DATABASE_URL: "postgresql://the-test-database",
      DATA_DIR: dataDir,
      AUTH_SECRET: "a-secret-for-tests-that-is-long-enough",
    }),
    log: pino({ level: "silent" }),
    memory: new ProcessMemory(),
  };
  const as = (viewer: Viewer): Context => contextFor(services, viewer, randomUUID());
  return {
    ...services,
    mails,
    jobs,
    setNow: (value) => {
      now = value;
    },
    advance: (seconds) => {
      now = new Date(now.getTime() + seconds * 1000);
    },
    as,
    drain: async () => {
      for (let job = jobs.shift(); job; job = jobs.shift()) {
        const { name, payload } = job;
        const handler = jobHandlers.find(({ spec }) => spec.name === name);
        if (!handler) throw new Error(`no handler for job ${name}`);
        await handler.run(as(systemViewer), payload);
      }
    },
  };
}

/** A person with these roles, ready to act. */
export async function createPerson(
  db: PrismaClient,
  roles: readonly Role[],
  name = "Test Person",
): Promise<{ id: string; viewer: Extract<Viewer, { kind: "person" }> }> {
  const id = systemIds.uuid();
  const createdAt = new Date("2026-01-01T00:00:00Z");
  await db.person.create({
    data: {
      id,
      name,
      email: `${id}@demo.test`,
      emailVerifiedAt: createdAt,
      createdAt,
      roles: { create: roles.map((role) => ({ id: systemIds.uuid(), role, grantedAt: createdAt })) },
    },
  });
  return { id, viewer: { kind: "person", personId: id, roles, centreIds: [] } };
}
