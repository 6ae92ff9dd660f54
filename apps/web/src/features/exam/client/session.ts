import type { AnswerValue } from "@bandwise/core/delivery/schema";
import { isSameAnswer } from "./answers.ts";
import { ApiError, type Beat, type EndedBy, type ExamApi, type ExamState, examApi } from "./api.ts";
import { type AnchoredClock, betterClock, readClock, serverTime } from "./clock.ts";
import { Outbox } from "./outbox.ts";
import { type Phase, placeOf } from "./place.ts";
import { RecordingUploads } from "./recording-uploads.ts";
import { AnswerStore } from "./store.ts";
import { idle, type Sync } from "./sync.ts";
import { holdTab, type TabHold } from "./tab-lock.ts";

export interface Answer {
  readonly value: AnswerValue;
  readonly flagged: boolean;
}

export interface Snapshot {
  readonly phase: Phase;
  readonly exam: ExamState;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly sync: Sync;
  readonly uploadsPending: number;
  /** Ends of the open section and the server's time when this snapshot was made. */
  readonly deadline: number | null;
  readonly serverNow: number;
  readonly busy: boolean;
  readonly problem: string | null;
}

const beatEveryMs = 4_000;
const draftPauseMs = 1_000;

/**
 * The exam page's own course: what is answered goes into the browser's store first, then to the server; heartbeats keep
 * the clock and the writer's place. React only draws its snapshots.
 */
export class ExamSession {
  readonly api: ExamApi;
  private snapshot: Snapshot;
  private readonly attemptId: string;
  private readonly listeners = new Set<() => void>();
  private store: AnswerStore | null = null;
  private outbox: Outbox | null = null;
  private uploads: RecordingUploads | null = null;
  private hold: TabHold | null = null;
  private clock: AnchoredClock;
  private anchor: string;
  private timers: ReturnType<typeof setTimeout>[] = [];
  private readonly draftTimers = new Map<string, ReturnType<typeof setTimeout>>();
  private ending = false;

  constructor(initial: ExamState) {
    this.attemptId = initial.attemptId;
    this.api = examApi(initial.attemptId);
    this.anchor = initial.anchor;
    // The page was made a moment ago: a rough reading until the first heartbeat.
    this.clock = { serverMs: initial.now, pageMs: performance.now(), roundTripMs: 5_000 };
    this.snapshot = {
      phase: "loading",
      exam: initial,
      answers: {},
      sync: idle,
      uploadsPending: 0,
      deadline: null,
      serverNow: initial.now,
      busy: false,
      problem: null,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly getSnapshot = (): Snapshot => this.snapshot;

  get clientId(): string {
    return this.store?.clientId ?? "";
  }

  now(): number {
    return serverTime(this.clock, performance.now());
  }

  /** For recordings: the signed heartbeat that vouches for the time. */
  heldAnchor(): string {
    return this.anchor;
  }

  recorder(): { store: AnswerStore; uploads: RecordingUploads } | null {
    return this.store && this.uploads ? { store: this.store, uploads: this.uploads } : null;
  }

  async start(): Promise<void> {
    try {
      this.store = await AnswerStore.open(this.attemptId);
    } catch {
      return this.change({ phase: "broken", problem: "This browser does not let us keep your answers safe on it." });
    }
    this.outbox = new Outbox(this.api, this.store, {
      sync: (sync) => this.change({ sync }),
      saved: async ({ anchor, isWriter }) => {
        this.anchor = anchor;
        if (!isWriter && this.snapshot.phase === "section") await this.refresh();
      },
    });
    this.uploads = new RecordingUploads(this.api, this.store, (pending) => this.change({ uploadsPending: pending }));
    addEventListener("online", this.onOnline);
    addEventListener("offline", this.onOffline);
    addEventListener("pagehide", this.onHide);
    document.addEventListener("visibilitychange", this.onHide);
    await this.takeTab(false);
  }

  stop(): void {
    removeEventListener("online", this.onOnline);
    removeEventListener("offline", this.onOffline);
    removeEventListener("pagehide", this.onHide);
    document.removeEventListener("visibilitychange", this.onHide);
    for (const timer of this.timers) clearInterval(timer);
    this.timers = [];
    this.outbox?.pause();
    this.uploads?.stop();
    this.hold?.release();
  }

  /** “Continue here”, from another tab of this browser or from another device. */
  async continueHere(): Promise<void> {
    if (this.snapshot.phase === "other-tab") return this.takeTab(true);
    await this.attempt(async () => {
      // What this page still holds goes first, as what it is: an answer from the page that lost its place.
      await this.drain();
      await this.api.takeOver(this.clientId);
      await this.refresh();
    });
  }

  // ── Answers ──────────────────────────────────────────────────────────────────────────────────────────────────────

  answer(itemId: string, value: AnswerValue): Promise<void> {
    return this.record(itemId, { value });
  }

  flag(itemId: string, flagged: boolean): Promise<void> {
    return this.record(itemId, { flagged });
  }

  /** A text being typed: each keystroke is kept here, a ledger entry follows at each pause. */
  type(itemId: string, text: string): void {
    if (!this.canWrite()) return;
    const before = this.answerOf(itemId);
    this.change({ answers: { ...this.snapshot.answers, [itemId]: { ...before, value: { text } } } });
    void this.store?.keepDraft(itemId, text, this.now());
    clearTimeout(this.draftTimers.get(itemId));
    this.draftTimers.set(
      itemId,
      setTimeout(() => void this.settleDraft(itemId), draftPauseMs),
    );
  }

  private async settleDraft(itemId: string): Promise<void> {
    if (!this.draftTimers.delete(itemId)) return;
    const { value } = this.answerOf(itemId);
    await this.record(itemId, { value });
    await this.store?.dropDraft(itemId);
  }

  private async settleDrafts(): Promise<void> {
    for (const [itemId, timer] of [...this.draftTimers]) {
      clearTimeout(timer);
      await this.settleDraft(itemId);
    }
  }

  answerOf(itemId: string): Answer {
    return this.snapshot.answers[itemId] ?? { value: null, flagged: false };
  }

  /** A take that the deadline cut off is still named within the two seconds that count as made in time. */
  private canWrite(): boolean {
    const { phase, deadline } = this.snapshot;
    return phase === "section" || (phase === "time-up" && deadline !== null && this.now() <= deadline + 1_800);
  }

  private async record(itemId: string, change: Partial<Answer>): Promise<void> {
    if (!this.canWrite() || !this.store) return;
    const answer = { ...this.answerOf(itemId), ...change };
    this.change({ answers: { ...this.snapshot.answers, [itemId]: answer } });
    await this.keep(itemId, answer, this.now());
  }

  private async keep(itemId: string, answer: Answer, madeAt: number): Promise<void> {
    await this.outbox?.keep({
      attemptItemId: itemId,
      epoch: this.snapshot.exam.epoch,
      value: answer.value,
      flagged: answer.flagged,
      madeAt,
      anchor: this.anchor,
    });
  }

  /** Sends all there is, what is being typed included. @returns whether the server has everything. */
  private async drain(): Promise<boolean> {
    await this.settleDrafts();
    return (await this.outbox?.drain()) ?? true;
  }

  // ── Time and place ───────────────────────────────────────────────────────────────────────────────────────────────

  private async takeTab(steal: boolean): Promise<void> {
    this.hold = await holdTab(this.attemptId, steal, () => {
      // Another tab of this browser goes on: it shares our store, so nothing is left behind here.
      for (const timer of this.timers) clearInterval(timer);
      this.timers = [];
      this.outbox?.pause();
      this.uploads?.stop();
      this.change({ phase: "other-tab" });
    });
    if (!this.hold) return this.change({ phase: "other-tab" });
    await this.attempt(async () => {
      await this.adoptDrafts();
      await this.adoptBrokenTakes(false);
      await this.refresh();
    });
    this.timers = [setInterval(() => void this.beat(), beatEveryMs), setInterval(() => this.watchClock(), 500)];
    await this.outbox?.recount();
    this.uploads?.resume();
    void this.beat();
  }

  /** What was typed after the last ledger entry when the page went away. */
  private async adoptDrafts(): Promise<void> {
    for (const draft of (await this.store?.drafts()) ?? []) {
      const item = this.snapshot.exam.items.find((row) => row.id === draft.attemptItemId);
      const flagged = item?.response?.flagged ?? false;
      await this.keep(draft.attemptItemId, { value: { text: draft.text }, flagged }, draft.madeAt);
      await this.store?.dropDraft(draft.attemptItemId);
    }
  }

  /**
   * Recordings that were running when the page went away: what was kept of them is all there will be. Only a dialogue goes
   * on where it stopped, as long as the exam does.
   */
  private async adoptBrokenTakes(over: boolean): Promise<void> {
    for (const { recordingId, chunkCount, turns } of (await this.store?.recordings()) ?? []) {
      if (chunkCount !== null || (turns !== null && !over)) continue;
      const kept = (await this.store?.chunksOf(recordingId))?.length ?? 0;
      await this.store?.changeRecording(recordingId, { chunkCount: kept, complete: kept === 0 });
    }
  }

  /** After a choice between two devices' answers has reached the server. */
  async refreshSoon(): Promise<void> {
    if (await this.drain()) await this.refresh().catch(() => undefined);
  }

  async refresh(): Promise<void> {
    const sent = performance.now();
    const exam = await this.api.state();
    this.clock = betterClock(this.clock, readClock(exam.now, sent, performance.now()));
    this.anchor = exam.anchor;
    const answers = await this.knownAnswers(exam);
    this.change({ exam, answers, problem: null, ...placeOf(exam, this.clientId, this.now()) });
    if (this.snapshot.phase === "finished") void this.finish();
  }

  private async beat(): Promise<void> {
    if (!this.hold || !this.store) return;
    const sent = performance.now();
    try {
      const beat = await this.api.heartbeat(this.clientId);
      this.clock = betterClock(this.clock, readClock(beat.now, sent, performance.now()));
      this.anchor = beat.anchor;
      if (!this.snapshot.sync.online) this.outbox?.step({ type: "online" });
      if (this.hasMoved(beat)) await this.refresh();
      else if (beat.deadline !== this.snapshot.deadline) this.change({ deadline: beat.deadline });
      if (this.snapshot.sync.pending === 0 && !this.snapshot.sync.online) {
        this.outbox?.step({ type: "acknowledged", left: 0, serverTime: this.snapshot.sync.savedAt ?? beat.now });
      }
      this.uploads?.kick();
    } catch (error) {
      if (error instanceof ApiError && error.network) this.outbox?.step({ type: "offline" });
    }
  }

  private hasMoved(beat: Beat): boolean {
    const { exam, phase } = this.snapshot;
    const open = exam.sections.find((section) => section.status === "open");
    return (
      beat.state !== exam.status ||
      (beat.sectionId ?? null) !== (open?.id ?? null) ||
      beat.isWriter !== (phase !== "elsewhere")
    );
  }

  /** At the deadline the page stops taking answers, hands in what it holds and lets the server close the section. */
  private watchClock(): void {
    const { phase, deadline } = this.snapshot;
    if (deadline === null || this.now() < deadline) {
      if (phase === "time-up" && deadline !== null) this.change({ phase: "section" });
      return;
    }
    if (phase === "section") {
      void this.settleDrafts().then(() => this.change({ phase: "time-up" }));
    } else if (phase === "time-up" && !this.ending) {
      this.ending = true;
      // Refused where the section was given more time than this page has heard of: it is read anew, and goes on.
      void this.closeOpenSection("time")
        .catch(() => this.refresh())
        .catch(() => undefined)
        .finally(() => setTimeout(() => (this.ending = false), 2_000));
    }
  }

  // ── Sections and the end ─────────────────────────────────────────────────────────────────────────────────────────

  beginSection(sectionId: string): Promise<void> {
    return this.attempt(async () => {
      await this.api.beginSection(sectionId, this.clientId);
      await this.refresh();
    });
  }

  /** The pause is over by this page's reckoning; the server may have lengthened it meanwhile. */
  beginWhenDue(sectionId: string): Promise<void> {
    return this.attempt(async () => {
      await this.refresh();
      const { opensAt } = this.snapshot.exam;
      if (this.snapshot.phase !== "between" || opensAt === null || this.now() < opensAt) return;
      await this.api.beginSection(sectionId, this.clientId);
      await this.refresh();
    });
  }

  /** Asked for by the candidate. Goes ahead only when the server has every answer: closing means what was kept counts. */
  endSection(): Promise<void> {
    return this.attempt(() => this.closeOpenSection("candidate"));
  }

  private async closeOpenSection(by: EndedBy): Promise<void> {
    const { sections } = this.snapshot.exam;
    const open = sections.find((section) => section.status === "open");
    if (!open) return this.refresh();
    if (!(await this.drain())) {
      throw new ApiError(0, "Your answers are kept on this computer. We go on as soon as the connection is back.");
    }
    if (open === sections.at(-1)) await this.api.submit(this.clientId, by);
    else await this.api.endSection(open.id, this.clientId, by);
    await this.refresh();
  }

  /** Handed in: the last pieces go out, then nothing of the exam stays on this machine. */
  private async finish(): Promise<void> {
    await this.adoptBrokenTakes(true);
    for (;;) {
      const answersOut = await this.drain();
      const soundOut = (await this.uploads?.drain()) ?? true;
      if ((answersOut || this.snapshot.sync.refused) && soundOut) break;
      await new Promise((resolve) => setTimeout(resolve, 3_000));
    }
    this.stop();
    await this.store?.wipe();
    location.assign(`/attempts/${this.attemptId}/receipt`);
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.change({ busy: true, problem: null });
    try {
      await work();
    } catch (error) {
      const failure = error instanceof ApiError ? error : new ApiError(0, "Something went wrong on this page.");
      this.change({ problem: failure.message });
      if (this.snapshot.phase === "loading") {
        // Without the network the page still shows what it came with.
        this.change({
          ...placeOf(this.snapshot.exam, this.clientId, this.now()),
          answers: await this.knownAnswers(this.snapshot.exam),
        });
      }
    } finally {
      this.change({ busy: false });
    }
  }

  private async knownAnswers(exam: ExamState): Promise<Record<string, Answer>> {
    const answers: Record<string, Answer> = {};
    for (const item of exam.items) {
      if (item.response)
        answers[item.id] = { value: item.response.value as AnswerValue, flagged: item.response.flagged };
    }
    // What the server has not seen yet is newer than what it told us.
    for (const entry of (await this.store?.pending()) ?? []) {
      answers[entry.attemptItemId] = { value: entry.value, flagged: entry.flagged };
    }
    return answers;
  }

  /** Another device's answer to an item, where it differs from ours. */
  alternativeOf(itemId: string): AnswerValue | undefined {
    const item = this.snapshot.exam.items.find((row) => row.id === itemId);
    const last = item?.alternatives.at(-1);
    if (!last || isSameAnswer(last.value as AnswerValue, this.answerOf(itemId).value)) return undefined;
    return last.value as AnswerValue;
  }

  private readonly onOnline = (): void => {
    this.outbox?.step({ type: "online" });
    void this.beat();
  };
  private readonly onOffline = (): void => this.outbox?.step({ type: "offline" });
  private readonly onHide = (): void => {
    if (document.visibilityState === "hidden") void this.settleDrafts().then(() => this.outbox?.send());
  };

  private change(part: Partial<Snapshot>): void {
    this.snapshot = { ...this.snapshot, ...part, serverNow: this.now() };
    for (const listener of this.listeners) listener();
  }
}
