import { join } from "node:path";
import { createAzurePronunciation } from "@bandwise/evaluator/providers/azure-pronunciation";
import { createLocalWhisper } from "@bandwise/evaluator/providers/local-whisper";
import { createOpenAiTranscription } from "@bandwise/evaluator/providers/openai-transcription";
import type { AsrProvider } from "@bandwise/evaluator/speech/transcript";
import type { Logger } from "pino";
import type { Settings } from "../kernel/settings.ts";

/** The service that the settings name, or null. Nothing is asked of it until somebody transcribes. */
export function createSpeechToText({ speechToText, dataDir }: Settings, log: Logger): AsrProvider | null {
  if (speechToText === null) return null;
  if (speechToText.kind === "openai") return createOpenAiTranscription(speechToText);
  if (speechToText.kind === "azure") return createAzurePronunciation(speechToText);
  return createLocalWhisper({
    ...speechToText,
    cacheFolder: join(dataDir, "models"),
    onProgress: (message) => log.info({ message }, "fetching the weights of Whisper"),
  });
}
