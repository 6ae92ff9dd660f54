import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createDatabase } from "@bandwise/db/client";
import { createLocks, type Locks } from "@bandwise/db/locks";
import { createLlmPartner } from "@bandwise/evaluator/providers/llm-partner";
import { createVoice } from "@bandwise/evaluator/providers/openai-speech";
import { pino, stdSerializers } from "pino";
import { ProcessMemory, type Services } from "../kernel/context.ts";
import { systemIds } from "../kernel/ids.ts";
import { type Settings, SettingsError } from "../kernel/settings.ts";
import { jobHandlers } from "../registry.ts";
import { startDatabaseClock } from "./clock.ts";
import { createLanguageModel } from "./language-model.ts";
import { createFolderMailer, createSmtpMailer } from "./mailer.ts";
import { type RunningQueue, startQueue } from "./queue.ts";
import { createRater } from "./rater.ts";
import { createSpeechToText } from "./speech-to-text.ts";
import { createFolderStore } from "./storage.ts";

/** Each holds 0.4 GB once it rates. */
const raterThreads = Math.min(2, availableParallelism());

export interface RunningServices extends Services {
  readonly queue: RunningQueue;
  readonly locks: Locks;
  close(): Promise<void>;
}

/**
 * An error as the log keeps it. The database client writes the arguments of a failed call into its messages, and those
 * may be somebody's name or answer: of such errors only the last line, which says what was wrong, and the code stay.
 */
export function loggedError(error: Error): object {
  if (!(error instanceof Error) || !error.name.startsWith("PrismaClient")) return stdSerializers.err(error);
  const lines = error.message.trim().split("\n");
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...("code" in error && { code: error.code }),
    message: lines.at(-1),
    stack: frames.join("\n"),
  };
}

/** Its parent has to be there: what `npm start` starts finds the folder made, and a mistyped path is told at once. */
function makeDataFolder(folder: string): void {
  try {
    if (!existsSync(folder)) mkdirSync(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : error;
    throw new SettingsError(`DATA_DIR: the folder ${folder} cannot be made or written (${code})`);
  }
}

/** Builds, once per process, everything that touches the world outside. `kind` worker also keeps the queue in order. */
export async function createServices(settings: Settings, kind: "web" | "worker" | "cli"): Promise<RunningServices> {
  const log = pino({
    level: settings.logLevel,
    base: { process: kind },
    redact: ["*.password", "*.token", "*.email"],
    serializers: { err: loggedError },
  });
  makeDataFolder(settings.dataDir);
  const database = createDatabase(settings.databaseUrl, {
    poolSize: settings.databasePoolSize,
    onIdleError: (error) => log.warn({ err: error }, "database connection"),
  });
  const locks = createLocks(settings.databaseUrl);
  const clock = await startDatabaseClock(database.prisma);
  const queue = await startQueue(database, jobHandlers, { supervise: kind === "worker", log });
  // Its threads start with the first question, which only the worker asks.
  const rater = createRater(raterThreads);
  return {
    db: database.prisma,
    clock,
    ids: systemIds,
    storage: createFolderStore(join(settings.dataDir, "files")),
    mailer: settings.smtpUrl
      ? createSmtpMailer(settings.smtpUrl, settings.mailFrom)
      : createFolderMailer(join(settings.dataDir, "mail"), settings.mailFrom, () => systemIds.uuid()),
    queue,
    locks,
    rater,
    speechToText: createSpeechToText(settings, log),
    languageModel: createLanguageModel(settings, log),
    partner: settings.partner && createLlmPartner(settings.partner),
    partnerVoice: settings.partnerVoice && createVoice(settings.partnerVoice),
    settings,
    log,
    memory: new ProcessMemory(),
    close: async () => {
      clock.stop();
      await queue.stop();
      await rater.close();
      await locks.close();
      await database.close();
    },
  };
}
