import type { ExamSession } from "./session.ts";

const chunkMs = 1_000;
const formats = ["audio/webm;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/mp4", "audio/ogg;codecs=opus"];

export function recordingFormat(): string | null {
  if (typeof MediaRecorder === "undefined") return null;
  return formats.find((format) => MediaRecorder.isTypeSupported(format)) ?? null;
}

export interface Take {
  readonly recordingId: string;
  /** Stops, waits for the last piece to be kept, and gives the sound to listen back to. */
  stop(): Promise<{ sound: Blob; durationSeconds: number }>;
}

/**
 * Records one take. Each second is put into the browser's store as it comes, so that a crash or a lost network costs no
 * more than the second being spoken; the uploads take it from there.
 */
export async function startTake(
  session: ExamSession,
  stream: MediaStream,
  itemId: string,
  take: number,
): Promise<Take> {
  const kept = session.recorder();
  const mimeType = recordingFormat();
  if (!kept || !mimeType) throw new Error("This browser cannot record.");
  const { store, uploads } = kept;
  const recordingId = crypto.randomUUID();
  await store.keepRecording({
    recordingId,
    attemptItemId: itemId,
    take,
    mimeType,
    madeAt: session.now(),
    anchor: session.heldAnchor(),
    chunkCount: null,
    complete: false,
    durationSeconds: null,
  });
  // Named at once: should the page die now, the answer already points to what was said. A second take takes its place
  // only when it is done.
  if (take === 1) await session.answer(itemId, { recordingId });
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 48_000 });
  const pieces: Blob[] = [];
  let keeping: Promise<void> = Promise.resolve();
  recorder.ondataavailable = ({ data }) => {
    if (data.size === 0) return;
    const index = pieces.push(data) - 1;
    keeping = keeping.then(async () => {
      const content = await data.arrayBuffer();
      await store.keepChunks([{ recordingId, index, content, upload: null, sent: false }]);
      uploads.kick();
    });
  };
  const startedAt = performance.now();
  recorder.start(chunkMs);
  return {
    recordingId,
    stop: async () => {
      const durationSeconds = (performance.now() - startedAt) / 1000;
      if (recorder.state !== "inactive") {
        const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve, { once: true }));
        recorder.stop();
        await stopped;
      }
      await keeping;
      await store.changeRecording(recordingId, { chunkCount: pieces.length, durationSeconds });
      if (take > 1) await session.answer(itemId, { recordingId });
      uploads.kick();
      return { sound: new Blob(pieces, { type: mimeType }), durationSeconds };
    },
  };
}

/** How loud the microphone is, 0 to 1, about twelve times a second. @returns what stops it. */
export function watchLevel(stream: MediaStream, onLevel: (level: number) => void): () => void {
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
    onLevel(Math.min(1, Math.max(0, (decibels + 60) / 60)));
  }, 80);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
