import type { ExamApi } from "../exam/client/api.ts";
import { recordingFormat, StretchRecorder } from "../exam/client/recorder.ts";
import { RecordingUploads } from "../exam/client/recording-uploads.ts";
import { AnswerStore } from "../exam/client/store.ts";

/**
 * The sound of an interview on one side of the table: each second goes into the browser's store as it comes and travels on
 * from there. A page that was reloaded goes on in the same recording.
 */
export class SoundKeeper {
  readonly clientId: string;
  readonly #store: AnswerStore;
  readonly #uploads: RecordingUploads;
  #recorder: StretchRecorder | null = null;
  /** Asked for; what is called off before the store has answered never begins. */
  #wanted = false;

  private constructor(store: AnswerStore, uploads: RecordingUploads) {
    this.#store = store;
    this.#uploads = uploads;
    this.clientId = store.clientId;
  }

  /** @param place one for each interview and side. */
  static async open(
    place: string,
    api: Pick<ExamApi, "putPiece">,
    onPending: (pending: number) => void,
  ): Promise<SoundKeeper> {
    const store = await AnswerStore.open(place);
    const keeper = new SoundKeeper(store, new RecordingUploads(api, store, onPending));
    keeper.kick();
    return keeper;
  }

  get recording(): boolean {
    return this.#recorder !== null;
  }

  kick(): void {
    this.#uploads.kick();
  }

  /** @param madeAt the server's time now. */
  async record(stream: MediaStream, madeAt: number): Promise<void> {
    if (this.#wanted) return;
    this.#wanted = true;
    const mimeType = recordingFormat();
    if (!mimeType) throw new Error("This browser cannot record.");
    const store = this.#store;
    const begun = (await store.recordings()).find((one) => one.chunkCount === null);
    const recordingId = begun?.recordingId ?? crypto.randomUUID();
    if (!begun) {
      await store.keepRecording({
        recordingId,
        attemptItemId: "",
        take: 1,
        mimeType,
        madeAt,
        anchor: "",
        chunkCount: null,
        complete: false,
        durationSeconds: null,
        turns: null,
      });
    }
    let count = (await store.chunksOf(recordingId)).length;
    const recorder = new StretchRecorder(begun?.mimeType ?? mimeType, async (data) => {
      await store.keepChunks([
        { recordingId, index: count, content: await data.arrayBuffer(), upload: null, sent: false },
      ]);
      count += 1;
      this.#uploads.kick();
    });
    if (!this.#wanted || this.#recorder) return;
    this.#recorder = recorder;
    recorder.record(stream);
  }

  /** The recorder rests; the recording stays open. */
  async pause(): Promise<void> {
    this.#wanted = false;
    const recorder = this.#recorder;
    this.#recorder = null;
    await recorder?.stop();
  }

  /** Nothing more will come: what is still here may go as it is. */
  async close(): Promise<void> {
    await this.pause();
    for (const { recordingId, chunkCount } of await this.#store.recordings()) {
      if (chunkCount !== null) continue;
      const { length } = await this.#store.chunksOf(recordingId);
      await this.#store.changeRecording(recordingId, { chunkCount: length });
    }
    this.#uploads.kick();
  }

  /** @returns whether the server has everything. */
  drain(): Promise<boolean> {
    return this.#uploads.drain();
  }

  stop(): void {
    this.#uploads.stop();
  }

  wipe(): Promise<void> {
    return this.#store.wipe();
  }
}
