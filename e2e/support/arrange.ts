import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServices, type RunningServices } from "@bandwise/core/adapters/services";
import { bookSitting, checkIn, openSitting } from "@bandwise/core/delivery/commands";
import {
  beginSection,
  endSection,
  saveAnswers,
  startAttempt,
  submitAttempt,
} from "@bandwise/core/delivery/exam-commands";
import { startRecording } from "@bandwise/core/delivery/recording-commands";
import type { AnswerValue } from "@bandwise/core/delivery/schema";
import { anchorFor } from "@bandwise/core/delivery/seals";
import { type Context, contextFor } from "@bandwise/core/kernel/context";
import { defineCommand } from "@bandwise/core/kernel/define";
import { sha256 } from "@bandwise/core/kernel/hash";
import { type Role, requirePerson, type Viewer } from "@bandwise/core/kernel/policy";
import { readSettings } from "@bandwise/core/kernel/settings";
import { lease } from "@bandwise/core/marking/allotment-steps";
import { submitRating } from "@bandwise/core/marking/commands";
import { getScriptForMarking } from "@bandwise/core/marking/queries";
import { scriptInput } from "@bandwise/core/marking/schema";
import { hashPassword } from "@bandwise/core/people/passwords";
import { releaseResults } from "@bandwise/core/results/commands";
import { expect } from "@playwright/test";
import type { JourneyProgramme } from "./programmes.ts";

/** The services of the installation under test: same database, same files, same mailbox, same secret. */
export function openServices(): Promise<RunningServices> {
  const { LOG_LEVEL: _quiet, ...environment } = process.env;
  return createServices(readSettings({ ...environment, LOG_LEVEL: "error", DATABASE_POOL_SIZE: "4" }), "cli");
}

export interface Account {
  readonly email: string;
  readonly password: string;
}
export interface Person extends Account {
  readonly id: string;
  readonly name: string;
  readonly viewer: Extract<Viewer, { kind: "person" }>;
}

const password = "correct horse battery";
/** Where candidates learn: an examiner of that school is given nothing that they wrote. */
export const journeySchool = "Journey School";
const hour = 3_600_000;
/** Eight to thirteen seconds of a voice each; one after the other they are a sound as well. */
const sentenceFiles = [1, 2, 3, 4, 5].flatMap((dialogue) =>
  [1, 2, 3, 4].map(
    (turn) => new URL(`../../prisma/seed/bank/media/iet-dialogue-0${dialogue}-${turn}.mp3`, import.meta.url),
  ),
);

/** A script for whoever asks, past the queue. */
const handOver = defineCommand({
  name: "handOver",
  permission: "script:mark",
  input: scriptInput,
  run: async (context, { scriptId }) => {
    const { skill: of, ...script } = await context.tx.script.findUniqueOrThrow({ where: { id: scriptId } });
    const skill = of === "speaking" ? of : "writing";
    return lease(context, script, { personId: requirePerson(context.viewer).personId, skill });
  },
});

/** Arranges rows the way the site would make them: through commands, as whoever may; only people are written at once. */
export class Arrange {
  readonly services: RunningServices;
  readonly #sittings = new Map<JourneyProgramme, readonly string[]>();
  #hash: Promise<string> | undefined;

  constructor(services: RunningServices) {
    this.services = services;
  }

  get db(): RunningServices["db"] {
    return this.services.db;
  }

  as(viewer: Viewer): Context {
    return contextFor(this.services, viewer, randomUUID());
  }

  async person(roles: readonly Role[] = ["candidate"], name = "Juno Journey"): Promise<Person> {
    const { db, ids, clock } = this.services;
    this.#hash ??= hashPassword(password);
    const id = ids.uuid();
    const email = `${id}@journey.test`;
    const now = clock.now();
    await db.person.create({
      data: {
        id,
        name,
        email,
        passwordHash: await this.#hash,
        emailVerifiedAt: now,
        dateOfBirth: new Date("1999-05-04"),
        school: roles.includes("candidate") ? journeySchool : null,
        createdAt: now,
        roles: { create: roles.map((role) => ({ id: ids.uuid(), role, grantedAt: now })) },
      },
    });
    return { id, name, email, password, viewer: { kind: "person", personId: id, roles, centreIds: [] } };
  }

  /** The viewer behind one of the demonstration's accounts. */
  async demo(account: string): Promise<Extract<Viewer, { kind: "person" }>> {
    const person = await this.db.person.findUniqueOrThrow({
      where: { email: `${account}@demo.test` },
      select: { id: true, roles: { select: { role: true } } },
    });
    return { kind: "person", personId: person.id, roles: person.roles.map(({ role }) => role), centreIds: [] };
  }

  /** A sitting one may begin at once, at a centre of its own so that its row is easily found. */
  async sitting(programme: JourneyProgramme = "ielp-brief", capacity = 20): Promise<{ id: string; centre: string }> {
    const { db, ids, clock } = this.services;
    const centre = `Centre ${ids.code(2)}`;
    const centreId = ids.uuid();
    await db.centre.create({ data: { id: centreId, name: centre, timeZone: "UTC", address: "online" } });
    const { id: programmeId } = await db.programme.findFirstOrThrow({
      where: { name: programme },
      orderBy: { version: "desc" },
    });
    const now = clock.now().getTime();
    const { sittingId } = await openSitting(this.as(await this.demo("admin")), {
      centreId,
      programmeId,
      startsAt: new Date(now - 48 * hour),
      endsAt: new Date(now + 24 * hour),
      bookBefore: new Date(now + 23 * hour),
      changeBefore: new Date(now + 22 * hour),
      capacity,
    });
    return { id: sittingId, centre };
  }

  async booked(candidate: Person, programme: JourneyProgramme = "ielp-brief"): Promise<string> {
    const sittingId = await this.#sittingWithout(candidate, programme);
    return (await bookSitting(this.as(candidate.viewer), { sittingId })).attemptId;
  }

  /** Few sittings for many candidates, so that the list one books from stays short; each sits only once in one. */
  async #sittingWithout(candidate: Person, programme: JourneyProgramme): Promise<string> {
    const open = this.#sittings.get(programme) ?? [];
    for (const sittingId of open) {
      if ((await this.db.attempt.count({ where: { sittingId, candidateId: candidate.id } })) === 0) return sittingId;
    }
    const { id } = await this.sitting(programme, 200);
    this.#sittings.set(programme, [...open, id]);
    return id;
  }

  async checkedIn(candidate: Person, programme: JourneyProgramme = "ielp-brief"): Promise<string> {
    const attemptId = await this.booked(candidate, programme);
    await checkIn(this.as(candidate.viewer), {
      attemptId,
      privacyNotice: true,
      recordingConsent: true,
      languageModel: true,
    });
    return attemptId;
  }

  async started(candidate: Person, programme: JourneyProgramme = "ielp-brief"): Promise<Started> {
    const attemptId = await this.checkedIn(candidate, programme);
    const clientId = randomUUID();
    const { examToken } = await startAttempt(this.as(candidate.viewer), { attemptId, clientId });
    return { attemptId, clientId, examToken };
  }

  /** Sat from beginning to end: reading answered with the first option that comes, each writing task with a text. */
  async submitted(
    candidate: Person,
    programme: JourneyProgramme = "ielp-brief",
    /** What is written, once it is known what about. */
    write: (attemptId: string) => string | Promise<string> = () =>
      "Dear friend, I write to you about the room. It is quiet and bright.",
  ): Promise<string> {
    const { attemptId, clientId } = await this.started(candidate, programme);
    const text = await write(attemptId);
    const context = this.as(candidate.viewer);
    const sections = await this.db.attemptSection.findMany({ where: { attemptId }, orderBy: { position: "asc" } });
    let sequence = 0;
    for (const section of sections) {
      const held = { attemptId, sectionId: section.id, clientId };
      if (section.position > 1) await beginSection(context, held);
      const items = await this.db.attemptItem.findMany({ where: { attemptId, skill: section.skill } });
      const at = this.services.clock.now().getTime();
      const value = (): AnswerValue | undefined => (section.skill === "writing" ? { text } : "a");
      if (section.skill !== "speaking") {
        await saveAnswers(context, {
          attemptId,
          clientId,
          anchor: anchorFor(this.services.settings.authSecret, attemptId, at),
          entries: items.map((item) => {
            sequence += 1;
            return { attemptItemId: item.id, sequence, epoch: 1, value: value() ?? null, flagged: false, madeAt: at };
          }),
        });
      }
      if (section.position < sections.length) await endSection(context, held);
    }
    await submitAttempt(context, { attemptId, clientId });
    return attemptId;
  }

  /** An `iet-speaking` attempt whose four answers are recorded sentences of the bank, handed in. */
  async spoken(
    candidate: Person,
    programme: "iet-speaking" | "iet-speaking-short" = "iet-speaking-short",
    sentences = 1,
  ): Promise<string> {
    const { attemptId, clientId } = await this.started(candidate, programme);
    const context = this.as(candidate.viewer);
    const items = await this.db.attemptItem.findMany({ where: { attemptId }, orderBy: { position: "asc" } });
    const files = await Promise.all(sentenceFiles.slice(0, sentences).map((file) => readFile(file)));
    const content = new Uint8Array(Buffer.concat(files));
    const at = this.services.clock.now().getTime();
    const anchor = anchorFor(this.services.settings.authSecret, attemptId, at);
    for (const [index, { id: attemptItemId }] of items.entries()) {
      const recordingId = randomUUID();
      const take = { attemptId, attemptItemId, clientId, anchor, madeAt: at, take: 1, mimeType: "audio/webm" };
      await startRecording(context, { ...take, recordingId, content, sha256: sha256(content), chunkCount: 1 });
      const entry = {
        attemptItemId,
        sequence: index + 1,
        epoch: 1,
        value: { recordingId },
        flagged: false,
        madeAt: at,
      };
      await saveAnswers(context, { attemptId, clientId, anchor, entries: [entry] });
    }
    await submitAttempt(context, { attemptId, clientId });
    return attemptId;
  }

  async released(
    candidate: Person,
  ): Promise<{ attemptId: string; resultId: string; certificateId: string; code: string }> {
    const attemptId = await this.submitted(candidate);
    await this.marked(attemptId);
    await releaseResults(this.as(await this.demo("admin")), { attemptIds: [attemptId] });
    const { id: resultId } = await this.db.result.findFirstOrThrow({ where: { attemptId, status: "released" } });
    const certificate = () => this.db.certificate.findFirst({ where: { resultId } });
    await expect.poll(async () => (await certificate())?.pdfKey ?? null, { timeout: 20_000 }).not.toBeNull();
    const { id: certificateId, code } = await this.db.certificate.findFirstOrThrow({ where: { resultId } });
    return { attemptId, resultId, certificateId, code };
  }

  /**
   * Marks whatever is left of an attempt, as an examiner made for it, and waits for the result that follows. Its scripts are
   * put into her hands one by one: from the queue she could take what another journey waits for.
   */
  async marked(attemptId: string): Promise<void> {
    const open = { attemptId, status: { in: ["waiting" as const, "leased" as const] } };
    await expect
      .poll(() => this.db.script.count({ where: { attemptId } }), { message: "scripts are made", timeout: 30_000 })
      .toBeGreaterThan(0);
    const examiner = await this.person(["examiner"], "Edda Extra");
    const context = this.as(examiner.viewer);
    for (const { id: scriptId } of await this.db.script.findMany({ where: open })) {
      const { code } = await handOver(context, { scriptId });
      const { lease, rubric } = await getScriptForMarking(context, { code });
      if (!lease) throw new Error("the script was taken away");
      const scores = Object.fromEntries(rubric.criteria.map(({ id }, index) => [id, 5 + (index % 3) / 2]));
      await submitRating(context, { scriptId, leaseToken: lease.token, scores, comment: "" });
    }
    await expect
      .poll(() => this.db.result.count({ where: { attemptId } }), { message: "a result follows", timeout: 20_000 })
      .toBe(1);
  }

  /** The ledger of one attempt, oldest entry first, and what it comes to. */
  async ledger(attemptId: string) {
    const [entries, responses] = await Promise.all([
      this.db.answerEntry.findMany({ where: { attemptId }, orderBy: { id: "asc" } }),
      this.db.response.findMany({ where: { attemptItem: { attemptId } }, include: { attemptItem: true } }),
    ]);
    return { entries, responses };
  }
}

export interface Started {
  readonly attemptId: string;
  readonly clientId: string;
  readonly examToken: string;
}
