import type { PrismaClient, SqlTransaction, Transaction } from "@bandwise/db/client";
import type { agreementOf, quadraticKappa } from "@bandwise/evaluator/agreement";
import type { calibrate } from "@bandwise/evaluator/calibration";
import type { decideGate, gateLimits } from "@bandwise/evaluator/gate";
import type { LinearModel } from "@bandwise/evaluator/model";
import type { LlmPartner } from "@bandwise/evaluator/providers/llm-partner";
import type { Voice } from "@bandwise/evaluator/providers/openai-speech";
import type { Evaluation, Response, Rubric, Task } from "@bandwise/evaluator/rating";
import type { AsrProvider } from "@bandwise/evaluator/speech/transcript";
import type { wholePackets } from "@bandwise/evaluator/speech/whole-packets";
import type { RaterPool } from "@bandwise/evaluator/threads";
import type { featuresVersion, speechMeasuresOf, speechVersionOf, versionOf } from "@bandwise/evaluator/version";
import type { Logger } from "pino";
import type { JobOptions, JobQueue, JobSpec } from "./jobs.ts";
import type { Viewer } from "./policy.ts";
import type { Settings } from "./settings.ts";

/** The database's clock as this process knows it: its own, corrected by the last measured offset. */
export interface Clock {
  now(): Date;
}

export interface Ids {
  /** UUID version 7: sorts by time of making. */
  uuid(): string;
  /** URL-safe secret of 256 bits. */
  secret(): string;
  /** `groups` of four letters and digits that cannot be mistaken for each other, joined by hyphens: `K7Q4-M2PX`. 20 bits a group. */
  code(groups: number): string;
}

/** Keys are paths of lower-case letters, digits, `-`, `.` and `/`. */
export interface FileStore {
  put(key: string, content: Uint8Array): Promise<void>;
  get(key: string): Promise<Uint8Array>;
  /** Null where there is no such file. */
  size(key: string): Promise<number | null>;
  /** Bytes `start` to `end`, both included. */
  read(key: string, start: number, end: number): Promise<Uint8Array>;
  delete(key: string): Promise<void>;
  /** Everything whose key begins with `folder/`; nothing there is as good as deleted. */
  deleteFolder(folder: string): Promise<void>;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  send(mail: Mail): Promise<void>;
}

/** What a process keeps of its database between calls. Never the truth: whoever keeps something here says how it is checked. */
export class ProcessMemory {
  readonly #kept = new Map<string, unknown>();

  /** What is kept under a name, made when it is asked for first. */
  of<T>(name: string, make: () => T): T {
    if (!this.#kept.has(name)) this.#kept.set(name, make());
    return this.#kept.get(name) as T;
  }
}

/** The offline machine rater, and what judges it: all of it deterministic, none of it over the network. */
export interface MachineRater extends RaterPool {
  /** The heuristics as shipped, which local calibration starts from. */
  readonly writingModel: LinearModel;
  readonly speakingModel: LinearModel;
  readonly featuresVersion: typeof featuresVersion;
  readonly speechMeasuresOf: typeof speechMeasuresOf;
  readonly versionOf: typeof versionOf;
  readonly speechVersionOf: typeof speechVersionOf;
  readonly calibrate: typeof calibrate;
  readonly agreementOf: typeof agreementOf;
  readonly quadraticKappa: typeof quadraticKappa;
  readonly decideGate: typeof decideGate;
  readonly gateLimits: typeof gateLimits;
  readonly wholePackets: typeof wholePackets;
}

export interface LanguageModel {
  /** Its rating, or `offline` where it gives nothing that can be used; the rating says whose it is. */
  evaluate(response: Response, task: Task, rubric: Rubric, offline: Evaluation): Promise<Evaluation>;
}

/** What a process builds once: everything that touches the world outside. */
export interface Services {
  readonly db: PrismaClient;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly storage: FileStore;
  readonly mailer: Mailer;
  readonly queue: JobQueue;
  /** Rating takes seconds and threads of its own: asked for by jobs, in the worker, never by a request. */
  readonly rater: MachineRater;
  /** Null: none is configured. Asked by jobs, where a programme's candidates agree. */
  readonly languageModel: LanguageModel | null;
  /** Null: none is configured, and what needs a transcript goes to people. */
  readonly speechToText: AsrProvider | null;
  /** Null: the partner of a conversation asks back by the words of its task alone. */
  readonly partner: LlmPartner | null;
  /** Null: what a partner asks back is shown. */
  readonly partnerVoice: Voice | null;
  readonly settings: Settings;
  readonly log: Logger;
  readonly memory: ProcessMemory;
}

/** What one call gets: the services, and who asks. */
export interface Context extends Services {
  readonly viewer: Viewer;
  readonly requestId: string;
}

export interface AuditFact {
  readonly subjectType: string;
  readonly subjectId: string;
  /** Ids, hashes, states and counts; never personal data or answers. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  /** The command's name unless one command does several things. */
  readonly action?: string;
}

/** Inside a command: reads and writes go through `tx`; audit rows and jobs are written with it or not at all. */
export interface CommandContext<Tx extends SqlTransaction = Transaction> extends Omit<Context, "db"> {
  readonly tx: Tx;
  readonly now: Date;
  audit(fact: AuditFact): void;
  enqueue<P>(spec: JobSpec<P>, payload: P, options?: JobOptions): void;
}

export function contextFor(services: Services, viewer: Viewer, requestId: string): Context {
  return { ...services, viewer, requestId };
}
