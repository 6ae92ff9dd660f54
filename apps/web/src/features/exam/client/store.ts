import type { AnswerValue } from "@bandwise/core/delivery/schema";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

export interface StoredEntry {
  readonly sequence: number;
  readonly attemptItemId: string;
  readonly epoch: number;
  readonly value: AnswerValue;
  readonly flagged: boolean;
  readonly madeAt: number;
  /** The signed heartbeat the page held when it was made. */
  readonly anchor: string;
}

export interface StoredRecording {
  readonly recordingId: string;
  readonly attemptItemId: string;
  readonly take: number;
  readonly mimeType: string;
  readonly madeAt: number;
  readonly anchor: string;
  /** Known when the recorder has stopped. */
  chunkCount: number | null;
  complete: boolean;
  durationSeconds: number | null;
  /** How many turns of a dialogue have been answered; null for a task that is answered in one go. */
  turns: number | null;
}

/** One second of sound. */
export interface StoredChunk {
  readonly recordingId: string;
  readonly index: number;
  readonly content: ArrayBuffer;
  /** The number of the piece it travels in, settled before it is first sent. */
  readonly upload: number | null;
  readonly sent: boolean;
}

interface Draft {
  readonly attemptItemId: string;
  readonly text: string;
  readonly madeAt: number;
}

interface Shape extends DBSchema {
  meta: { key: string; value: string | number };
  entries: { key: number; value: StoredEntry };
  drafts: { key: string; value: Draft };
  recordings: { key: string; value: StoredRecording };
  chunks: { key: [string, number]; value: StoredChunk };
}

const nameOf = (attemptId: string): string => `bandwise-exam-${attemptId}`;

/** The browser's own keeping of one attempt: written before anything is shown as done, wiped after the final receipt. */
export class AnswerStore {
  readonly clientId: string;
  private readonly db: IDBPDatabase<Shape>;
  private readonly attemptId: string;

  private constructor(db: IDBPDatabase<Shape>, attemptId: string, clientId: string) {
    this.db = db;
    this.attemptId = attemptId;
    this.clientId = clientId;
  }

  static async open(attemptId: string): Promise<AnswerStore> {
    const db = await openDB<Shape>(nameOf(attemptId), 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore("meta");
        fresh.createObjectStore("entries", { keyPath: "sequence" });
        fresh.createObjectStore("drafts", { keyPath: "attemptItemId" });
        fresh.createObjectStore("recordings", { keyPath: "recordingId" });
        fresh.createObjectStore("chunks", { keyPath: ["recordingId", "index"] });
      },
    });
    // One identity per browser and attempt, made in a transaction so that two tabs agree on it.
    const tx = db.transaction("meta", "readwrite");
    let clientId = await tx.store.get("clientId");
    if (typeof clientId !== "string") {
      clientId = crypto.randomUUID();
      await tx.store.put(clientId, "clientId");
    }
    await tx.done;
    // Asks the browser not to throw this away when space runs short; it may say no.
    void navigator.storage?.persist?.();
    return new AnswerStore(db, attemptId, clientId);
  }

  /** Numbers and keeps an entry in one transaction: no two entries ever share a number. */
  async append(entry: Omit<StoredEntry, "sequence">): Promise<StoredEntry> {
    const tx = this.db.transaction(["meta", "entries"], "readwrite");
    const last = await tx.objectStore("meta").get("sequence");
    const stored = { ...entry, sequence: (typeof last === "number" ? last : 0) + 1 };
    await tx.objectStore("entries").put(stored);
    await tx.objectStore("meta").put(stored.sequence, "sequence");
    await tx.done;
    return stored;
  }

  pending(limit?: number): Promise<StoredEntry[]> {
    return this.db.getAll("entries", null, limit);
  }

  countPending(): Promise<number> {
    return this.db.count("entries");
  }

  async acknowledge(sequences: readonly number[]): Promise<void> {
    const tx = this.db.transaction("entries", "readwrite");
    for (const sequence of sequences) await tx.store.delete(sequence);
    await tx.done;
  }

  /** Every keystroke of a text, between two ledger entries: what a crash would otherwise take. */
  async keepDraft(attemptItemId: string, text: string, madeAt: number): Promise<void> {
    await this.db.put("drafts", { attemptItemId, text, madeAt });
  }

  async dropDraft(attemptItemId: string): Promise<void> {
    await this.db.delete("drafts", attemptItemId);
  }

  drafts(): Promise<Draft[]> {
    return this.db.getAll("drafts");
  }

  recordings(): Promise<StoredRecording[]> {
    return this.db.getAll("recordings");
  }

  recording(recordingId: string): Promise<StoredRecording | undefined> {
    return this.db.get("recordings", recordingId);
  }

  async keepRecording(recording: StoredRecording): Promise<void> {
    await this.db.put("recordings", recording);
  }

  async changeRecording(recordingId: string, change: Partial<StoredRecording>): Promise<void> {
    const tx = this.db.transaction("recordings", "readwrite");
    const held = await tx.store.get(recordingId);
    if (held) await tx.store.put({ ...held, ...change });
    await tx.done;
  }

  async keepChunks(chunks: readonly StoredChunk[]): Promise<void> {
    const tx = this.db.transaction("chunks", "readwrite");
    for (const chunk of chunks) await tx.store.put(chunk);
    await tx.done;
  }

  chunksOf(recordingId: string): Promise<StoredChunk[]> {
    return this.db.getAll("chunks", IDBKeyRange.bound([recordingId, 0], [recordingId, 100_000]));
  }

  /** After the final receipt: nothing of the exam stays on this machine. */
  async wipe(): Promise<void> {
    this.db.close();
    const request = indexedDB.deleteDatabase(nameOf(this.attemptId));
    await new Promise<void>((resolve) => {
      request.onsuccess = () => resolve();
      request.onerror = () => resolve();
      request.onblocked = () => resolve();
    });
  }
}
