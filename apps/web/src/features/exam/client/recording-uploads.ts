import { ApiError, type ExamApi } from "./api.ts";
import { joinSeconds, pieceCount, piecesToSend, settlePieces } from "./pieces.ts";
import type { AnswerStore, StoredChunk } from "./store.ts";
import { backoffMs } from "./sync.ts";

async function sha256Hex(content: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", content);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Carries recordings from the browser's store to the server, piece by piece; whatever breaks off is taken up again. */
export class RecordingUploads {
  private readonly api: Pick<ExamApi, "putPiece">;
  private readonly store: AnswerStore;
  private readonly onPending: (pending: number) => void;
  private running = false;
  private again = false;
  private stopped = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Pick<ExamApi, "putPiece">, store: AnswerStore, onPending: (pending: number) => void) {
    this.api = api;
    this.store = store;
    this.onPending = onPending;
  }

  /** Something may be there to send. */
  kick(): void {
    // Told at once what is waiting: nothing may read as stored while it is only kept here.
    void this.report();
    if (this.stopped) return;
    if (this.running) this.again = true;
    else void this.run();
  }

  /** After this tab has got its place back. */
  resume(): void {
    this.stopped = false;
    this.kick();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** Sends all there is. @returns whether the server has everything. */
  async drain(): Promise<boolean> {
    while (this.running) await new Promise((resolve) => setTimeout(resolve, 100));
    await this.run();
    return (await this.pending()) === 0;
  }

  private async report(): Promise<void> {
    const pending = await this.pending().catch(() => null);
    if (pending !== null) this.onPending(pending);
  }

  private async pending(): Promise<number> {
    return (await this.store.recordings()).filter((recording) => !recording.complete && recording.chunkCount !== null)
      .length;
  }

  private async run(): Promise<void> {
    this.running = true;
    clearTimeout(this.timer);
    try {
      do {
        this.again = false;
        for (const { recordingId, complete } of await this.store.recordings()) {
          if (!complete) await this.carry(recordingId);
        }
      } while (this.again && !this.stopped);
      this.failures = 0;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.failures += 1;
      if (!this.stopped) this.timer = setTimeout(() => this.kick(), backoffMs(this.failures));
    } finally {
      this.running = false;
      await this.report();
    }
  }

  private async carry(recordingId: string): Promise<void> {
    try {
      const recording = await this.store.recording(recordingId);
      if (!recording) return;
      // Read before the seconds are: once it is over there are no more of them.
      const over = recording.chunkCount !== null;
      await this.store.keepChunks(settlePieces(await this.store.chunksOf(recordingId), over));
      const seconds = await this.store.chunksOf(recordingId);
      const count = over ? pieceCount(seconds) : null;
      if (count === 0) return await this.store.changeRecording(recordingId, { complete: true });
      for (const [number, piece] of piecesToSend(seconds, over)) {
        const content = joinSeconds(piece);
        const sha256 = await sha256Hex(content);
        const answer = await this.api.putPiece(recording, this.store.clientId, { number, content, sha256, count });
        await this.store.keepChunks(piece.map((second) => ({ ...second, sent: true })));
        if (answer.complete) return await this.store.changeRecording(recordingId, { complete: true });
        if (number + 1 === count) await this.sendAgain(seconds, answer.missing);
      }
      // Over meanwhile, or some went missing.
      if ((await this.store.recording(recordingId))?.chunkCount !== null) this.again = true;
    } catch (error) {
      if (error instanceof ApiError && error.passing) throw error;
      // Refused for good: kept here no longer waiting, so that the others go on.
      await this.store.changeRecording(recordingId, { complete: true });
    }
  }

  private async sendAgain(seconds: readonly StoredChunk[], missing: readonly number[]): Promise<void> {
    const lost = seconds.filter(({ upload }) => upload !== null && missing.includes(upload));
    await this.store.keepChunks(lost.map((second) => ({ ...second, sent: false })));
  }
}
