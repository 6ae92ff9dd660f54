import { ApiError, type ExamApi, type Saved } from "./api.ts";
import type { AnswerStore, StoredEntry } from "./store.ts";
import { fitting, idle, nextSendIn, type Sync, type SyncEvent, stepSync } from "./sync.ts";

const batchSize = 25;
/** A breath, so that quick changes travel together. */
const breathMs = 250;

/** Answers on their way: first into the browser's store, from there to the server, again and again until it has them. */
export class Outbox {
  private readonly api: ExamApi;
  private readonly store: AnswerStore;
  private readonly onSync: (sync: Sync) => void;
  private readonly onSaved: (saved: Saved) => Promise<void>;
  private sync: Sync = idle;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    api: ExamApi,
    store: AnswerStore,
    on: { sync: (sync: Sync) => void; saved: (saved: Saved) => Promise<void> },
  ) {
    this.api = api;
    this.store = store;
    this.onSync = on.sync;
    this.onSaved = on.saved;
  }

  async keep(entry: Omit<StoredEntry, "sequence">): Promise<void> {
    await this.store.append(entry);
    await this.recount();
  }

  /** What waits may have changed behind our back: another tab of this browser shares the store. */
  async recount(): Promise<void> {
    this.step({ type: "queued", count: await this.store.countPending() });
  }

  step(event: SyncEvent): void {
    this.sync = stepSync(this.sync, event);
    this.onSync(this.sync);
    const wait = nextSendIn(this.sync, performance.now());
    this.pause();
    if (wait !== null) this.timer = setTimeout(() => void this.send(), wait === 0 ? breathMs : wait);
  }

  pause(): void {
    clearTimeout(this.timer);
  }

  async send(): Promise<void> {
    if (this.sync.sending) return;
    const entries = fitting(await this.store.pending(batchSize));
    if (entries.length === 0) return this.step({ type: "queued", count: 0 });
    this.step({ type: "sending" });
    try {
      const saved = await this.api.save(this.store.clientId, entries);
      await this.store.acknowledge([
        ...saved.stored.map((entry) => entry.sequence),
        // Refused for what they are; sending them again would be refused again.
        ...saved.rejected.map((entry) => entry.sequence),
      ]);
      this.step({ type: "acknowledged", left: await this.store.countPending(), serverTime: saved.now });
      await this.onSaved(saved);
    } catch (error) {
      const failure = error instanceof ApiError ? error : new ApiError(0, "The connection is away.");
      // A conflict is somebody else's request at the same moment: the same again finds it gone.
      if (failure.passing || failure.status === 409)
        this.step({ type: "failed", at: performance.now(), network: failure.network });
      else this.step({ type: "refused" });
    }
  }

  /** Sends until nothing is left or the network fails. @returns whether nothing is left. */
  async drain(): Promise<boolean> {
    for (let round = 0; round < 40; round += 1) {
      if ((await this.store.countPending()) === 0) return true;
      if (this.sync.sending) await new Promise((resolve) => setTimeout(resolve, 150));
      else await this.send();
      if (!this.sync.online || this.sync.refused) return false;
    }
    return false;
  }
}
