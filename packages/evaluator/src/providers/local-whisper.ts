import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { z } from "zod";
import type { AsrProvider, Transcript } from "../speech/transcript.ts";
import { type CallLimits, createCaller, usualLimits } from "./caller.ts";
import { ProviderError } from "./provider-error.ts";

export interface LocalWhisperSettings {
  /** A folder with the weights (config.json, tokenizer.json, onnx/…), or the name of a model that may be fetched. */
  readonly model: string;
  /** Whether weights that are not there may be fetched, once, into `cacheFolder`. */
  readonly mayFetch: boolean;
  readonly cacheFolder: string;
  onProgress?(message: string): void;
  readonly limits?: CallLimits;
  /** The library; only tests give another. */
  load?(): Promise<unknown>;
}

const name = "local Whisper";
export const whisperPackage = "@huggingface/transformers";
/** The weights load on first use, and a processor without a graphics card transcribes about as fast as one speaks. */
const patient: CallLimits = { ...usualLimits, tryMilliseconds: 600_000, tries: 1 };

const output = z.object({
  text: z.string(),
  chunks: z.array(z.object({ text: z.string(), timestamp: z.tuple([z.number(), z.number().nullable()]) })).optional(),
});
type Recogniser = (samples: Float32Array, options: object) => Promise<unknown>;
interface Library {
  readonly env: { allowRemoteModels: boolean; localModelPath: string; cacheDir: string | null };
  pipeline(task: "automatic-speech-recognition", model: string, options: object): Promise<Recogniser>;
}

/** Whisper in this process, through a library of more than 100 MB that is the operator's to install. It gives no confidences. */
export function createLocalWhisper(settings: LocalWhisperSettings): AsrProvider {
  const caller = createCaller(name, settings.limits ?? patient);
  let recogniser: Promise<Recogniser> | null = null;
  const ready = async (): Promise<Recogniser> => {
    recogniser ??= prepare(settings);
    try {
      return await recogniser;
    } catch (error) {
      // The operator may mend it while we run.
      recogniser = null;
      throw error;
    }
  };
  const version = basename(settings.model);
  return {
    ...{ id: "local-whisper", version },
    capabilities: { wordTimes: true, confidences: false, phoneScores: false },
    async transcribe({ samples }, { signal }): Promise<Transcript> {
      const said = await caller.call(signal, async () => {
        const recognise = await ready();
        return recognise(samples, { return_timestamps: "word", chunk_length_s: 30, stride_length_s: 5 });
      });
      const parsed = output.safeParse(said);
      if (!parsed.success) throw new ProviderError(`${name}: gave an answer of another shape`, false);
      const words = (parsed.data.chunks ?? []).map(({ text, timestamp: [start, end] }) => ({
        ...{ text: text.trim(), startSeconds: start, endSeconds: end ?? start, confidence: null },
      }));
      return { text: parsed.data.text.trim(), words, providerId: "local-whisper", providerVersion: version };
    },
  };
}

async function prepare(settings: LocalWhisperSettings): Promise<Recogniser> {
  const library = await (settings.load ?? loadLibrary)();
  if (!isLibrary(library))
    throw new ProviderError(`${name}: ${whisperPackage} is of a version that is not known`, false);
  const isFolder = (await stat(settings.model).catch(() => null))?.isDirectory() ?? false;
  if (!isFolder && !settings.mayFetch)
    throw new ProviderError(
      `${name}: there is no folder ${settings.model}, and fetching weights is not allowed`,
      false,
    );
  const folder = resolve(settings.model);
  library.env.allowRemoteModels = settings.mayFetch && !isFolder;
  library.env.cacheDir = settings.cacheFolder;
  if (isFolder) library.env.localModelPath = dirname(folder);
  let last = -1;
  const progress = (event: { status?: string; file?: string; progress?: number }): void => {
    const tenth = Math.floor((event.progress ?? 0) / 10);
    if (event.status !== "progress" || tenth === last) return;
    last = tenth;
    settings.onProgress?.(`${event.file ?? "weights"}: ${tenth * 10} %`);
  };
  try {
    return await library.pipeline("automatic-speech-recognition", isFolder ? basename(folder) : settings.model, {
      ...{ dtype: "q8", device: "cpu", progress_callback: progress },
    });
  } catch (error) {
    throw new ProviderError(
      `${name}: the weights of ${settings.model} cannot be loaded`,
      settings.mayFetch && !isFolder,
      {
        cause: error,
      },
    );
  }
}

async function loadLibrary(): Promise<unknown> {
  try {
    return await import(/* turbopackIgnore: true */ /* webpackIgnore: true */ whisperPackage);
  } catch (error) {
    throw new ProviderError(`${name}: the package ${whisperPackage} is not installed`, false, { cause: error });
  }
}

function isLibrary(value: unknown): value is Library {
  return typeof value === "object" && value !== null && "pipeline" in value && "env" in value;
}
