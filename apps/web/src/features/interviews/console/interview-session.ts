import {
  type Bands,
  blankState,
  type EntryValue,
  type InterviewState,
  type LedgerEntry,
  type Microphone,
  stateOf,
} from "@bandwise/core/interviews/ledger";
import type { InterviewConsole } from "@bandwise/core/interviews/queries";
import { ApiError } from "../../exam/client/api.ts";
import { type AnchoredClock, betterClock, readClock, serverTime } from "../../exam/client/clock.ts";
import { holdTab, type TabHold } from "../../exam/client/tab-lock.ts";
import { type InterviewApi, interviewApi } from "../client-api.ts";
import { SoundKeeper } from "../sound-keeper.ts";
import { EntryStore } from "./entry-store.ts";

export interface Snapshot {
  readonly place: "loading" | "here" | "other-tab" | "broken";
  readonly console: InterviewConsole;
  readonly state: InterviewState;
  /** Entries that the server does not have yet, and recordings. */
  readonly pending: number;
  readonly soundPending: number;
  readonly online: boolean;
  readonly recording: boolean;
  readonly busy: boolean;
  readonly problem: string | null;
}

const batchSize = 50;
const retryMs = 2_000;
const refreshMs = 15_000;

/**
 * The course of one interview in its examiner's browser: what happens goes into the browser's own store first and to the
 * server as soon as it can be reached. React only draws its snapshots.
 */
export class InterviewSession {
  private readonly attemptId: string;
  private readonly api: InterviewApi;
  private readonly listeners = new Set<() => void>();
  private snapshot: Snapshot;
  private entries: readonly LedgerEntry[];
  private store: EntryStore | null = null;
  private sound: SoundKeeper | null = null;
  private hold: TabHold | null = null;
  private clock: AnchoredClock;
  private sending = false;
  private acknowledged = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;

  constructor(initial: InterviewConsole) {
    this.attemptId = initial.attemptId;
    this.api = interviewApi(initial.attemptId);
    this.clock = { serverMs: initial.now, pageMs: performance.now(), roundTripMs: 5_000 };
    this.entries = initial.entries;
    this.snapshot = {
      place: "loading",
      console: initial,
      state: initial.entries.length > 0 ? stateOf(initial.entries) : blankState,
      pending: 0,
      soundPending: 0,
      online: true,
      recording: false,
      busy: false,
      problem: null,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly getSnapshot = (): Snapshot => this.snapshot;

  now(): number {
    return serverTime(this.clock, performance.now());
  }

  async start(): Promise<void> {
    try {
      this.store = await EntryStore.open(this.attemptId);
      this.sound = await SoundKeeper.open(`interview-${this.attemptId}`, this.api, (soundPending) =>
        this.change({ soundPending }),
      );
    } catch {
      return this.change({ place: "broken" });
    }
    addEventListener("online", this.onOnline);
    addEventListener("offline", this.onOffline);
    await this.takeTab(false);
  }

  stop(): void {
    removeEventListener("online", this.onOnline);
    removeEventListener("offline", this.onOffline);
    clearTimeout(this.timer);
    clearInterval(this.beat);
    void this.sound?.pause();
    this.sound?.stop();
    this.hold?.release();
  }

  async takeTab(steal: boolean): Promise<void> {
    this.hold = await holdTab(`interview-${this.attemptId}`, steal, () => {
      clearInterval(this.beat);
      void this.sound?.pause();
      this.change({ place: "other-tab", recording: false });
    });
    if (!this.hold) return this.change({ place: "other-tab" });
    const kept = (await this.store?.pending()) ?? [];
    this.entries = [...this.entries, ...kept];
    this.change({ place: "here", state: stateOf(this.entries), pending: kept.length });
    clearInterval(this.beat);
    this.beat = setInterval(() => void this.refresh(), refreshMs);
    // Over before this page was opened: what an earlier one had recorded goes.
    if (this.snapshot.state.endedAt !== null) await this.sound?.close();
    void this.send();
    void this.refresh();
  }

  // ── The ledger ───────────────────────────────────────────────────────────────────────────────────────────────────

  async add(value: EntryValue): Promise<void> {
    if (!this.store || this.snapshot.place !== "here") return;
    // Two entries of one instant would have no order.
    const last = this.entries.at(-1)?.madeAt ?? 0;
    const entry = await this.store.append(Math.max(this.now(), last + 1), value);
    this.entries = [...this.entries, entry];
    this.change({ state: stateOf(this.entries), pending: this.snapshot.pending + 1 });
    void this.send();
  }

  private async send(): Promise<boolean> {
    if (this.sending || !this.store) return false;
    this.sending = true;
    clearTimeout(this.timer);
    try {
      for (;;) {
        const batch = await this.store.pending(batchSize);
        if (batch.length === 0) break;
        const saved = await this.api.save(this.sound?.clientId ?? "", batch);
        await this.store.acknowledge(saved.stored);
        this.acknowledged += saved.stored.length;
      }
      this.change({ pending: 0, online: true, problem: null });
      return true;
    } catch (error) {
      const failure = error instanceof ApiError ? error : new ApiError(0, "The connection is away.");
      this.change({
        pending: (await this.store.pending()).length,
        online: !failure.network,
        problem: failure.network ? null : failure.message,
      });
      this.timer = setTimeout(() => void this.send(), retryMs);
      return false;
    } finally {
      this.sending = false;
    }
  }

  /** How it stands on the server; what is not there yet is added to it. */
  async refresh(): Promise<void> {
    try {
      const sentMs = performance.now();
      const { acknowledged } = this;
      const console = await this.api.console();
      this.clock = betterClock(this.clock, readClock(console.now, sentMs, performance.now()));
      const kept = (await this.store?.pending()) ?? [];
      // What was acknowledged after the server had looked is missing in what it saw.
      if (acknowledged === this.acknowledged) this.entries = [...console.entries, ...kept];
      this.change({ console, state: stateOf(this.entries), online: true });
      if (console.status === "final") await this.leave();
    } catch (error) {
      if (error instanceof ApiError && error.network) this.change({ online: false });
    }
  }

  // ── Sound ────────────────────────────────────────────────────────────────────────────────────────────────────────

  async record(stream: MediaStream): Promise<void> {
    await this.sound?.record(stream, this.now());
    this.change({ recording: this.sound?.recording ?? false });
    if (!this.snapshot.state.recording) await this.add({ kind: "recording", on: true });
  }

  async pauseSound(): Promise<void> {
    await this.sound?.pause();
    this.change({ recording: false });
    if (this.snapshot.state.recording) await this.add({ kind: "recording", on: false });
  }

  // ── The course ───────────────────────────────────────────────────────────────────────────────────────────────────

  begin(side: Microphone): Promise<void> {
    return this.attempt(async () => {
      await this.api.begin(this.sound?.clientId ?? crypto.randomUUID());
      await this.refresh();
      await this.add({ kind: "microphone", side });
      const first = this.snapshot.console.script?.steps[0];
      if (first) await this.add({ kind: "step", step: first.id });
    });
  }

  /** Nobody speaks any more. */
  async end(): Promise<void> {
    await this.add({ kind: "ended" });
    await this.sound?.close();
    this.change({ recording: false });
  }

  /** Everything goes to the server first: marks that are given stand on all that was kept here. */
  finish(marks: { bands: Bands; comment: string }): Promise<void> {
    return this.attempt(async () => {
      if (!(await this.drain()))
        throw new ApiError(0, "Not everything is with the server yet: it is kept here. Try again in a moment.");
      await this.api.finish(marks);
      await this.refresh();
    });
  }

  amend(marks: { bands: Bands; comment: string }): Promise<void> {
    return this.attempt(async () => {
      await this.api.amend(marks);
      await this.refresh();
    });
  }

  makeFinal(): Promise<void> {
    return this.attempt(async () => {
      await this.api.makeFinal();
      await this.refresh();
    });
  }

  private async drain(): Promise<boolean> {
    await this.sound?.close();
    for (let round = 0; round < 20; round += 1) {
      if (!this.sending && (await this.send())) break;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    return this.snapshot.pending === 0 && ((await this.sound?.drain()) ?? true);
  }

  private async leave(): Promise<void> {
    clearInterval(this.beat);
    if (!(await this.drain())) return;
    this.store?.wipe();
    await this.sound?.wipe();
    this.store = null;
    this.sound = null;
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    if (this.snapshot.busy) return;
    this.change({ busy: true, problem: null });
    try {
      await work();
      this.change({ busy: false });
    } catch (error) {
      const message = error instanceof ApiError ? error.message : "Something went wrong. Try again.";
      this.change({ busy: false, problem: message });
    }
  }

  private readonly onOnline = (): void => {
    this.sound?.kick();
    void this.send();
  };
  private readonly onOffline = (): void => this.change({ online: false });

  private change(part: Partial<Snapshot>): void {
    this.snapshot = { ...this.snapshot, ...part };
    for (const listener of this.listeners) listener();
  }
}
