import type { ExamSession } from "./session.ts";

const chunkMs = 1_000;
const formats = ["audio/webm;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/mp4", "audio/ogg;codecs=opus"];

export function recordingFormat(): string | null {
  if (typeof MediaRecorder === "undefined") return null;
  return formats.find((format) => MediaRecorder.isTypeSupported(format)) ?? null;
}

/** What a task keeps its sound in. Each call of `record` is a stretch of its own; all stretches make one recording. */
export interface Take {
  /** How many turns of a dialogue have been answered; also before a reload. */
  readonly turns: number;
  record(stream: MediaStream): void;
  /** Stops the recorder and waits for its last piece to be kept. @returns the stretch since `record`. */
  pause(turns?: number): Promise<Blob>;
  /** Nothing more will come. @returns the last stretch, to listen back to, and the seconds of all that were recorded here. */
  close(): Promise<{ sound: Blob; durationSeconds: number }>;
}

/** Records into whatever keeps the pieces: `keep` gets each second of sound as it comes. */
export class StretchRecorder {
  readonly #mimeType: string;
  readonly #keep: (data: Blob) => Promise<void>;
  #recorder: MediaRecorder | null = null;
  #pieces: Blob[] = [];
  #keeping: Promise<void> = Promise.resolve();
  #startedAt = 0;
  seconds = 0;

  constructor(mimeType: string, keep: (data: Blob) => Promise<void>) {
    this.#mimeType = mimeType;
    this.#keep = keep;
  }

  record(stream: MediaStream): void {
    this.#pieces = [];
    this.#recorder = new MediaRecorder(stream, { mimeType: this.#mimeType, audioBitsPerSecond: 48_000 });
    this.#recorder.ondataavailable = ({ data }) => {
      if (data.size === 0) return;
      this.#pieces.push(data);
      this.#keeping = this.#keeping.then(() => this.#keep(data));
    };
    this.#startedAt = performance.now();
    this.#recorder.start(chunkMs);
  }

  async stop(): Promise<Blob> {
    const recorder = this.#recorder;
    this.#recorder = null;
    if (recorder) this.seconds += (performance.now() - this.#startedAt) / 1000;
    if (recorder && recorder.state !== "inactive") {
      const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve, { once: true }));
      recorder.stop();
      await stopped;
    }
    await this.#keeping;
    return new Blob(this.#pieces, { type: this.#mimeType });
  }
}

/**
 * Opens the recording of a task. Each second is put into the browser's store as it comes, so that a crash or a lost network
 * costs no more than the second being spoken; the uploads take it from there. A dialogue that was under way when the page
 * went away goes on in its own recording.
 *
 * @param turns 0 where the task is a dialogue, null where it is answered in one go.
 * @returns null where a dialogue was begun in another browser, which has what was said.
 */
export async function openTake(
  session: ExamSession,
  item: { readonly id: string; readonly plays: readonly number[] },
  take: number,
  turns: number | null,
): Promise<Take | null> {
  const itemId = item.id;
  const kept = session.recorder();
  const mimeType = recordingFormat();
  if (!kept || !mimeType) throw new Error("This browser cannot record.");
  const { store, uploads } = kept;
  const begun =
    turns === null
      ? undefined
      : (await store.recordings()).find((one) => one.attemptItemId === itemId && one.chunkCount === null);
  const recording = begun ?? {
    recordingId: crypto.randomUUID(),
    attemptItemId: itemId,
    take,
    mimeType,
    madeAt: session.now(),
    anchor: session.heldAnchor(),
    chunkCount: null,
    complete: false,
    durationSeconds: null,
    turns,
  };
  if (turns !== null && !begun && item.plays.length > 0) return null;
  const { recordingId } = recording;
  if (!begun) {
    await store.keepRecording(recording);
    // Named at once: should the page die now, the answer already points to what was said. A second take takes its place
    // only when it is done.
    if (take === 1) await session.answer(itemId, { recordingId });
  }
  let count = (await store.chunksOf(recordingId)).length;
  const recorder = new StretchRecorder(recording.mimeType, async (data) => {
    const content = await data.arrayBuffer();
    await store.keepChunks([{ recordingId, index: count, content, upload: null, sent: false }]);
    count += 1;
    uploads.kick();
  });
  return {
    turns: recording.turns ?? 0,
    record: (stream) => recorder.record(stream),
    pause: async (answered) => {
      const stretch = await recorder.stop();
      if (answered !== undefined) await store.changeRecording(recordingId, { turns: answered });
      return stretch;
    },
    close: async () => {
      const sound = await recorder.stop();
      await store.changeRecording(recordingId, { chunkCount: count, durationSeconds: recorder.seconds });
      if (take > 1) await session.answer(itemId, { recordingId });
      uploads.kick();
      return { sound, durationSeconds: recorder.seconds };
    },
  };
}

export interface Heard {
  /** How loud it is, 0 to 1. */
  readonly level: number;
  /** The sound of that moment; the same memory is used again for the next. */
  readonly samples: Float32Array;
  readonly sampleRate: number;
}

export const watchedEveryMs = 80;

/** Listens to the microphone about twelve times a second. @returns what stops it. */
export function watchLevel(stream: MediaStream, onHeard: (heard: Heard) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  // A page opened without a click starts with its sound asleep.
  void context.resume();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    let sum = 0;
    for (const sample of samples) sum += sample * sample;
    // −60 dB to 0 dB over the scale: about how loudness is heard.
    const decibels = 20 * Math.log10(Math.sqrt(sum / samples.length) + 1e-6);
    const level = Math.min(1, Math.max(0, (decibels + 60) / 60));
    onHeard({ level, samples, sampleRate: context.sampleRate });
  }, watchedEveryMs);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
