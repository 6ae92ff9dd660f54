import type { EntryValue, LedgerEntry } from "@bandwise/core/interviews/ledger";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

interface Shape extends DBSchema {
  meta: { key: string; value: number };
  entries: { key: number; value: LedgerEntry };
}

const nameOf = (attemptId: string): string => `bandwise-interview-${attemptId}`;

/** What the examiner's browser keeps of an interview until the server has it: written before it is shown as done. */
export class EntryStore {
  private readonly db: IDBPDatabase<Shape>;
  private readonly attemptId: string;

  private constructor(db: IDBPDatabase<Shape>, attemptId: string) {
    this.db = db;
    this.attemptId = attemptId;
  }

  static async open(attemptId: string): Promise<EntryStore> {
    const db = await openDB<Shape>(nameOf(attemptId), 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore("meta");
        fresh.createObjectStore("entries", { keyPath: "sequence" });
      },
    });
    return new EntryStore(db, attemptId);
  }

  /** Numbers and keeps an entry in one transaction: no two ever share a number. */
  async append(madeAt: number, value: EntryValue): Promise<LedgerEntry> {
    const tx = this.db.transaction(["meta", "entries"], "readwrite");
    const sequence = ((await tx.objectStore("meta").get("sequence")) ?? 0) + 1;
    const entry = { sequence, madeAt, value };
    await tx.objectStore("entries").put(entry);
    await tx.objectStore("meta").put(sequence, "sequence");
    await tx.done;
    return entry;
  }

  pending(limit?: number): Promise<LedgerEntry[]> {
    return this.db.getAll("entries", null, limit);
  }

  async acknowledge(sequences: readonly number[]): Promise<void> {
    const tx = this.db.transaction("entries", "readwrite");
    for (const sequence of sequences) await tx.store.delete(sequence);
    await tx.done;
  }

  /** Once the marks are final nothing of the interview stays on this machine. */
  wipe(): void {
    this.db.close();
    indexedDB.deleteDatabase(nameOf(this.attemptId));
  }
}
