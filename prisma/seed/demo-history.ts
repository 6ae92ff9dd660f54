import { randomUUID } from "node:crypto";
import { type ItemKey, itemKey, type PartKey } from "@bandwise/core/bank/schema";
import { bookSitting, checkIn } from "@bandwise/core/delivery/commands";
import {
  beginSection,
  endSection,
  saveAnswers,
  startAttempt,
  submitAttempt,
} from "@bandwise/core/delivery/exam-commands";
import type { AnswerValue } from "@bandwise/core/delivery/schema";
import { anchorFor } from "@bandwise/core/delivery/seals";
import { type Context, contextFor, type Services } from "@bandwise/core/kernel/context";
import type { QueuedJob } from "@bandwise/core/kernel/jobs";
import { systemViewer, type Viewer } from "@bandwise/core/kernel/policy";
import { submitRating, takeAdjudication, takeScript } from "@bandwise/core/marking/commands";
import { getScriptForMarking } from "@bandwise/core/marking/queries";
import { scoreProgress } from "@bandwise/core/marking/schema";
import { jobHandlers } from "@bandwise/core/registry";
import { releaseResults } from "@bandwise/core/results/commands";
import { seededRandom } from "@bandwise/psychometrics/random";
import type { DemoWorld } from "./demo.ts";

/** The answer to one part of an item: what `AnswerValue` holds below a composite. */
type PartAnswer = string | string[] | Record<string, string>;

/**
 * A month of fictional attempts, so that lists, queues and charts have something to show. Each goes through the same
 * commands as a real one, on a clock set back; only the voice of a speaking answer is lent from the item bank.
 */

interface PastAttempt {
  readonly account: string;
  readonly name: string;
  /** Logits. */
  readonly ability: number;
  readonly hoursAgo: number;
  readonly upTo: "released" | "marked" | "partly-marked" | "submitted";
}

const past: readonly PastAttempt[] = [
  { account: "candidate2", name: "Chidi Example", ability: -0.4, hoursAgo: 640, upTo: "released" },
  { account: "past-01", name: "Ana Example", ability: 1.6, hoursAgo: 520, upTo: "released" },
  { account: "past-02", name: "Bao Example", ability: -1.7, hoursAgo: 430, upTo: "released" },
  { account: "past-03", name: "Dilnoza Example", ability: 0.3, hoursAgo: 312, upTo: "released" },
  { account: "past-04", name: "Efua Example", ability: 0.9, hoursAgo: 214, upTo: "released" },
  { account: "past-05", name: "Farid Example", ability: 2.4, hoursAgo: 150, upTo: "released" },
  { account: "candidate2", name: "Chidi Example", ability: 0.6, hoursAgo: 120, upTo: "released" },
  { account: "past-06", name: "Grete Example", ability: -0.8, hoursAgo: 72, upTo: "marked" },
  { account: "past-07", name: "Hina Example", ability: 1.1, hoursAgo: 58, upTo: "marked" },
  { account: "past-08", name: "Ivo Example", ability: 0.1, hoursAgo: 50, upTo: "partly-marked" },
  { account: "past-09", name: "Jun Example", ability: -1.2, hoursAgo: 27, upTo: "submitted" },
  { account: "past-10", name: "Kalani Example", ability: 0.7, hoursAgo: 5, upTo: "submitted" },
];

/** By how much each marks lower than the others, in points. */
const severity = { examiner: 0.2, examiner2: -0.15, senior: 0 } as const;

export async function seedDemoHistory(services: Services, world: DemoWorld): Promise<void> {
  // Oldest first: as many as there are attempts have been played already.
  const played = await services.db.attempt.count({ where: { startedAt: { not: null } } });
  for (const attempt of past.slice(played)) await new History(services, world, attempt).play();
}

class History {
  readonly #services: Services;
  readonly #world: DemoWorld;
  readonly #attempt: PastAttempt;
  readonly #random: () => number;
  readonly #jobs: QueuedJob[] = [];
  #now: number;

  constructor(services: Services, world: DemoWorld, attempt: PastAttempt) {
    this.#world = world;
    this.#attempt = attempt;
    this.#random = seededRandom(`${attempt.account}:${attempt.hoursAgo}`);
    this.#now = services.clock.now().getTime() - attempt.hoursAgo * 3_600_000;
    this.#services = {
      ...services,
      clock: { now: () => new Date(this.#now) },
      mailer: { send: async () => undefined },
      queue: { send: async (_tx, jobs) => void this.#jobs.push(...jobs) },
    };
  }

  async play(): Promise<void> {
    const { upTo } = this.#attempt;
    const viewer = await this.#candidate();
    const attemptId = await this.#sit(viewer);
    await this.#work();
    if (upTo === "submitted") return;
    this.#pass(600);
    await this.#mark(upTo === "partly-marked" ? 4 : Number.POSITIVE_INFINITY);
    await this.#work();
    if (upTo !== "released") return;
    this.#pass(900);
    await releaseResults(this.#as(this.#staff("admin")), { attemptIds: [attemptId] });
    await this.#work();
  }

  async #sit(viewer: Viewer): Promise<string> {
    const context = this.#as(viewer);
    const { attemptId } = await bookSitting(context, { sittingId: await this.#sitting() });
    await checkIn(context, { attemptId, privacyNotice: true, recordingConsent: true, ofAge: true });
    const clientId = randomUUID();
    await startAttempt(context, { attemptId, clientId });
    const { db } = this.#services;
    const sections = await db.attemptSection.findMany({ where: { attemptId }, orderBy: { position: "asc" } });
    for (const section of sections) {
      if (section.position > 1) await beginSection(context, { attemptId, sectionId: section.id, clientId });
      this.#pass(60);
      await this.#answer(context, { attemptId, clientId, skill: section.skill });
      this.#pass(600);
      await endSection(context, { attemptId, sectionId: section.id, clientId });
    }
    await submitAttempt(context, { attemptId, clientId });
    return attemptId;
  }

  async #answer(
    context: Context,
    { attemptId, clientId, skill }: { attemptId: string; clientId: string; skill: string },
  ): Promise<void> {
    const { db, settings } = this.#services;
    const items = await db.attemptItem.findMany({
      where: { attemptId },
      orderBy: [{ skill: "asc" }, { position: "asc" }],
      select: {
        id: true,
        skill: true,
        level: true,
        itemVersion: { select: { key: true, difficulty: true, content: true } },
      },
    });
    const entries = [];
    for (const [index, item] of items.entries()) {
      if (item.skill !== skill) continue;
      const { key, difficulty } = item.itemVersion;
      const value =
        item.skill === "writing"
          ? { text: this.#essay(item.level) }
          : item.skill === "speaking"
            ? { recordingId: await this.#speak(item.id, clientId) }
            : this.#respond(itemKey.parse(key), difficulty);
      entries.push({ attemptItemId: item.id, sequence: index + 1, epoch: 1, value, flagged: false, madeAt: this.#now });
    }
    const anchor = anchorFor(settings.authSecret, attemptId, this.#now);
    await saveAnswers(context, { attemptId, clientId, anchor, entries });
  }

  /** Right with the probability that ability and difficulty give; otherwise the nearest wrong answer. */
  #respond(key: ItemKey, difficulty: number): AnswerValue {
    if (key.type === "composite") {
      return Object.fromEntries(
        Object.entries(key.parts).map(([id, part]) => [id, this.#respondToPart(part, difficulty)]),
      );
    }
    return this.#respondToPart(key, difficulty);
  }

  #respondToPart(key: PartKey, difficulty: number): PartAnswer {
    const right = this.#random() < 1 / (1 + Math.exp(difficulty - this.#attempt.ability));
    switch (key.type) {
      case "choice":
        return right ? key.correct : key.correct === "a" ? "b" : "a";
      case "multiple-response":
      case "hottext":
        return right ? [...key.correct] : key.correct.slice(0, 1);
      case "text-entry":
        return right ? (key.accepted[0] ?? "") : "";
      case "cloze":
        return Object.fromEntries(
          Object.entries(key.gaps).map(([gap, { accepted }]) => [gap, right ? (accepted[0] ?? "") : ""]),
        );
      case "ordering":
        return right ? [...key.correct] : [...key.correct].reverse();
      case "matching":
      case "gap-fill":
      case "inline-choice": {
        const values = Object.values(key.correct);
        const shifted = [...values.slice(1), ...values.slice(0, 1)];
        return Object.fromEntries(
          Object.keys(key.correct).map((place, index) => [place, (right ? values : shifted)[index] ?? ""]),
        );
      }
    }
  }

  #essay(level: string): string {
    const opening = "Hello, thank you for your message. I am writing to answer the three points you asked about.";
    const middle =
      "First, I would choose the morning, because the place is quiet then and the journey is easy. Second, I can bring what we need and ask a friend to help. Last, it will cost less if we decide this week.";
    const longer =
      "Some people would say that this is only a matter of taste, yet I am not persuaded. When a change affects everyone, those who gain least from it should be heard first, and the reasons should be set out plainly enough for them to be questioned. That takes longer, but a decision that people understand is one they are willing to live with.";
    const closing = "Please tell me what you think. Best wishes.";
    const parts = { A: [opening, closing], B: [opening, middle, closing], C: [opening, middle, longer, closing] }[
      level
    ];
    return (parts ?? [opening]).join("\n\n");
  }

  async #speak(attemptItemId: string, clientId: string): Promise<string> {
    const { db, ids } = this.#services;
    const media = await db.media.findMany({
      where: { name: { startsWith: "l-b1" } },
      orderBy: { name: "asc" },
      select: { storageKey: true, durationSeconds: true, bytes: true, sha256: true },
    });
    const lent = media[Math.floor(this.#random() * media.length)];
    if (!lent) throw new Error("the bank has no recordings to lend");
    const id = ids.uuid();
    await db.recording.create({
      data: {
        id,
        attemptItemId,
        take: 1,
        clientId,
        status: "processed",
        mimeType: "audio/mpeg",
        chunkCount: 1,
        bytes: lent.bytes,
        sha256: lent.sha256,
        durationSeconds: lent.durationSeconds,
        peaks: Array.from({ length: 240 }, (_, bar) => (bar % 40 < 5 ? 2 : 20 + Math.round(this.#random() * 75))),
        storageKey: lent.storageKey,
        startedAt: new Date(this.#now),
        completedAt: new Date(this.#now + 40_000),
      },
    });
    return id;
  }

  /** Both examiners mark what waits, neither seeing the other's marks; the senior decides where they lie too far apart. */
  async #mark(limit: number): Promise<void> {
    for (const skill of ["writing", "speaking"] as const) {
      let marked = 0;
      for (const examiner of ["examiner", "examiner2"] as const) {
        while (marked < limit && (await this.#markOne(examiner, (context) => takeScript(context, { skill })))) {
          marked += 1;
        }
      }
      if (limit !== Number.POSITIVE_INFINITY) return;
      while (await this.#markOne("senior", (context) => takeAdjudication(context, { skill })));
    }
  }

  async #markOne(
    examiner: keyof typeof severity,
    take: (context: Context) => Promise<{ code: string } | null>,
  ): Promise<boolean> {
    const context = this.#as(this.#staff(examiner));
    const taken = await take(context);
    if (!taken) return false;
    this.#pass(30 + Math.round(this.#random() * 90));
    const script = await getScriptForMarking(context, { code: taken.code });
    if (!script.lease) throw new Error(`${taken.code} was taken without a lease`);
    const { benchmark } = await this.#services.db.script.findUniqueOrThrow({
      where: { id: script.id },
      select: { benchmark: { select: { scores: true } } },
    });
    const model = benchmark ? scoreProgress.parse(benchmark.scores) : {};
    const scores = Object.fromEntries(
      script.rubric.criteria.map(({ id }) => [
        id,
        this.#score(model[id] ?? this.#deserved(script.level + script.position + id), examiner),
      ]),
    );
    await submitRating(context, { scriptId: script.id, leaseToken: script.lease.token, scores, comment: "" });
    return true;
  }

  /** What an answer deserves on a criterion: the same whoever looks at it. */
  #deserved(place: string): number {
    const off = seededRandom(`${this.#attempt.account}:${this.#attempt.hoursAgo}:${place}`)() - 0.5;
    return 5 + this.#attempt.ability * 1.4 + off * 1.6;
  }

  /** What an examiner makes of that: a little more or less by habit, and not twice the same. */
  #score(deserved: number, examiner: keyof typeof severity): number {
    const exact = deserved - severity[examiner] + (this.#random() + this.#random() - 1) * 1.1;
    return Math.min(10, Math.max(0, Math.round(exact * 2) / 2));
  }

  /** Runs what the commands put into the queue, on this history's clock. */
  async #work(): Promise<void> {
    for (let job = this.#jobs.shift(); job; job = this.#jobs.shift()) {
      const { name, payload } = job;
      const handler = jobHandlers.find(({ spec }) => spec.name === name);
      if (!handler) throw new Error(`no handler for job ${name}`);
      if (name !== "people.mail") await handler.run(this.#as(systemViewer), payload);
    }
  }

  async #candidate(): Promise<Viewer> {
    const known = this.#world.viewers.get(this.#attempt.account);
    if (known) return known;
    const { db, ids } = this.#services;
    const email = `${this.#attempt.account}@demo.test`;
    const person = await db.person.findUnique({ where: { email }, select: { id: true } });
    const id = person?.id ?? ids.uuid();
    const viewer = { kind: "person", personId: id, roles: ["candidate"], centreIds: [] } as const;
    if (person) return viewer;
    const createdAt = new Date(this.#now - 86_400_000);
    await db.person.create({
      data: {
        id,
        name: this.#attempt.name,
        email,
        emailVerifiedAt: createdAt,
        dateOfBirth: new Date("1997-09-30"),
        createdAt,
        roles: { create: { id: ids.uuid(), role: "candidate", grantedAt: createdAt } },
      },
    });
    return viewer;
  }

  async #sitting(): Promise<string> {
    const { db, ids } = this.#services;
    const programme = await db.programme.findUniqueOrThrow({
      where: { name_version: { name: "ielp", version: 1 } },
      select: { id: true },
    });
    const id = ids.uuid();
    const opens = new Date(this.#now - 3_600_000);
    const closes = new Date(this.#now + 3 * 3_600_000);
    await db.sitting.create({
      data: {
        id,
        centreId: this.#world.centres.online,
        programmeId: programme.id,
        startsAt: opens,
        endsAt: closes,
        bookBefore: closes,
        changeBefore: closes,
        capacity: 24,
        createdById: this.#staff("admin").personId,
        createdAt: opens,
      },
    });
    return id;
  }

  #staff(account: string): Extract<Viewer, { kind: "person" }> {
    const viewer = this.#world.viewers.get(account);
    if (!viewer) throw new Error(`the demonstration has no ${account}`);
    return viewer;
  }

  #as(viewer: Viewer): Context {
    return contextFor(this.#services, viewer, randomUUID());
  }

  #pass(seconds: number): void {
    this.#now += seconds * 1000;
  }
}
