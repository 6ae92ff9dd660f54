import { isIP } from "node:net";
import { isAbsolute, resolve } from "node:path";
import { z } from "zod";

/**
 * Every setting of an installation, read from the environment once at start. `.env.example` explains each one; a test
 * keeps the two in step. An empty variable counts as absent.
 */
const whole = (lowest: number, highest: number, of = "") => {
  const rule = `must be a whole number${of} from ${lowest} to ${highest}`;
  return z.coerce.number(rule).int(rule).min(lowest, rule).max(highest, rule);
};
const days = (fallback: number) => whole(1, 36_500, " of days").default(fallback);
const flag = z.enum(["0", "1"], "must be 0 or 1").default("0");

const environment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: "must begin with postgresql://", abort: true })
    .refine((url) => URL.canParse(url), "is no address: in a password write # as %23, / as %2F, ? as %3F")
    .optional(),
  DATABASE_POOL_SIZE: whole(1, 100).default(10),
  HOST: z.string().default("127.0.0.1"),
  PORT: whole(1, 65_535).default(3000),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "must be a full address such as https://exams.example.org", abort: true })
    // What is printed on certificates begins with it, and the site is served at the top of its host.
    .refine((url) => /^https?:\/\/[^/?#@]+\/*$/.test(url), "must end with the host, without a path after it")
    .optional(),
  AWARDING_BODY: z.string().trim().max(80, "must have at most 80 characters").default("Bandwise"),
  DATA_DIR: z.string().default(".data"),
  AUTH_SECRET: z
    .string("must be set to a secret of at least 32 characters (make one: openssl rand -base64 48)")
    .min(32, "must have at least 32 characters (make one: openssl rand -base64 48)"),
  CREDENTIAL_KEY_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  TRUSTED_PROXY: z
    .string()
    .default("")
    .transform((list) => list.split(",").flatMap((entry) => entry.trim() || []))
    .refine((entries) => entries.every(isAddressOrRange), {
      error: ({ input }) =>
        `${(input as string[]).find((entry) => !isAddressOrRange(entry))} is neither an address nor a range such as 10.0.0.0/8`,
    }),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^/\s]/, "must begin with smtp:// or smtps:// and name a server")
    .optional(),
  MAIL_FROM: z.string().default("Bandwise <no-reply@localhost>"),
  SPEECH_TO_TEXT: z.enum(["off", "openai", "azure", "whisper"], "must be off, openai, azure or whisper").default("off"),
  SPEECH_TO_TEXT_URL: z
    .url({ protocol: /^https?$/, error: "must be a full address such as https://api.example.org/v1" })
    .optional(),
  SPEECH_TO_TEXT_KEY: z.string().trim().optional(),
  SPEECH_TO_TEXT_MODEL: z.string().trim().optional(),
  SPEECH_TO_TEXT_FETCH: flag,
  LLM_RATER_URL: z
    .url({ protocol: /^https?$/, error: "must be a full address such as https://api.example.org/v1" })
    .optional(),
  LLM_RATER_KEY: z.string().trim().optional(),
  LLM_RATER_MODEL: z.string().trim().optional(),
  LLM_RATER_PROGRAMMES: z
    .string()
    .default("")
    .transform((list) => list.split(",").flatMap((entry) => entry.trim() || [])),
  LLM_RATER_DAILY: whole(1, 1_000_000).default(500),
  LLM_PARTNER_URL: z
    .url({ protocol: /^https?$/, error: "must be a full address such as https://api.example.org/v1" })
    .optional(),
  LLM_PARTNER_KEY: z.string().trim().optional(),
  LLM_PARTNER_MODEL: z.string().trim().optional(),
  LLM_PARTNER_PROGRAMMES: z
    .string()
    .default("")
    .transform((list) => list.split(",").flatMap((entry) => entry.trim() || [])),
  LLM_PARTNER_DAILY: whole(1, 1_000_000).default(2000),
  PARTNER_VOICE_URL: z
    .url({ protocol: /^https?$/, error: "must be a full address such as https://api.example.org/v1" })
    .optional(),
  PARTNER_VOICE_KEY: z.string().trim().optional(),
  PARTNER_VOICE_MODEL: z.string().trim().default("tts-1"),
  PARTNER_VOICE_NAME: z.string().trim().default("alloy"),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "silent"], "must be fatal, error, warn, info, debug or silent")
    .default("info"),
  GUARDIAN_AGE: whole(0, 25, " of years").default(16),
  RETENTION_RECORDINGS_DAYS: days(730),
  RETENTION_ANSWERS_DAYS: days(1825),
  RETENTION_MAIL_DAYS: days(30),
  RETENTION_UNCONFIRMED_DAYS: days(7),
  RETENTION_AUDIT_DAYS: days(3650),
  /** Set by the launcher when it runs the database itself; never by hand. */
  BANDWISE_EMBEDDED: flag,
});

/** Names that a person may set, in the order of `.env.example`. */
export const settingNames = Object.keys(environment.shape).filter((name) => !name.startsWith("BANDWISE_"));

export type SpeechToTextSettings =
  | { kind: "openai"; url: string; key: string | null; model: string }
  | { kind: "azure"; url: string; key: string; locale: string }
  /** `model` is a folder, or a name where weights may be fetched. */
  | { kind: "whisper"; model: string; mayFetch: boolean };

export type LanguageModelSettings = {
  url: string;
  key: string | null;
  model: string;
  answersPerDay: number;
  /** Names of programmes whose candidates have been told and agree that their answers are sent there. */
  programmes: readonly string[];
};

export type VoiceSettings = { url: string; key: string | null; model: string; voice: string };

export type Settings = {
  databaseUrl: string;
  databasePoolSize: number;
  /** The launcher runs the database of this installation. */
  embedded: boolean;
  /**
   * Embedded database, loopback address, and no proxy that would carry strangers to it: the only place where demo people and
   * the mailbox page exist.
   */
  demo: boolean;
  host: string;
  port: number;
  /** Without a slash at the end. */
  publicUrl: string;
  /** Who issues the certificates, as printed on them. */
  awardingBody: string;
  dataDir: string;
  authSecret: string;
  /** Seals the secret keys that sign credentials. */
  credentialKeySecret: string;
  /** Addresses or networks (CIDR) whose forwarded headers count. */
  trustedProxies: readonly string[];
  /** Null: mails land in `<dataDir>/mail`. */
  smtpUrl: string | null;
  mailFrom: string;
  /** Null: what needs a transcript goes to people. */
  speechToText: SpeechToTextSettings | null;
  /** Null: no language model is asked. */
  languageModel: LanguageModelSettings | null;
  /** Null: the partner of a conversation asks back by the words its task names, nothing else. */
  partner: LanguageModelSettings | null;
  /** Null: what a partner asks back is shown, not spoken. */
  partnerVoice: VoiceSettings | null;
  logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "silent";
  /** Below this age a guardian's consent is needed; 0 = never. */
  guardianAge: number;
  retentionDays: {
    recordings: number;
    answers: number;
    mail: number;
    unconfirmed: number;
    audit: number;
  };
};

/** One line per mistake; whoever starts the program prints them and nothing else. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** Throws a `SettingsError` that names every mistake at once. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = environment.safeParse(given);
  const mistakes = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  if (given.DATABASE_URL === undefined) {
    mistakes.push("DATABASE_URL: must be set (npm start sets it by itself when it runs the embedded database)");
  }
  if (parsed.success)
    mistakes.push(
      ...speechToTextMistakes(parsed.data),
      ...languageModelMistakes(parsed.data, "LLM_RATER"),
      ...languageModelMistakes(parsed.data, "LLM_PARTNER"),
      ...deafPartnerMistakes(parsed.data),
    );
  if (!parsed.success || mistakes.length > 0) throw new SettingsError(mistakes.join("\n"));
  const values = parsed.data;
  const embedded = values.BANDWISE_EMBEDDED === "1";
  const publicUrl = (values.PUBLIC_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, "");
  const trustedProxies = values.TRUSTED_PROXY;
  const local = isLoopback(values.HOST) && isLoopback(new URL(publicUrl).hostname) && trustedProxies.length === 0;
  return {
    databaseUrl: values.DATABASE_URL ?? "",
    databasePoolSize: values.DATABASE_POOL_SIZE,
    embedded,
    demo: embedded && local,
    host: values.HOST,
    port: values.PORT,
    publicUrl,
    awardingBody: values.AWARDING_BODY,
    dataDir: isAbsolute(values.DATA_DIR) ? values.DATA_DIR : resolve(values.DATA_DIR),
    authSecret: values.AUTH_SECRET,
    credentialKeySecret: values.CREDENTIAL_KEY_SECRET ?? values.AUTH_SECRET,
    trustedProxies,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM,
    speechToText: speechToTextOf(values),
    languageModel: languageModelOf(values, "LLM_RATER"),
    partner: languageModelOf(values, "LLM_PARTNER"),
    partnerVoice: voiceOf(values),
    logLevel: values.LOG_LEVEL,
    guardianAge: values.GUARDIAN_AGE,
    retentionDays: {
      recordings: values.RETENTION_RECORDINGS_DAYS,
      answers: values.RETENTION_ANSWERS_DAYS,
      mail: values.RETENTION_MAIL_DAYS,
      unconfirmed: values.RETENTION_UNCONFIRMED_DAYS,
      audit: values.RETENTION_AUDIT_DAYS,
    },
  };
}

type Environment = z.output<typeof environment>;

function speechToTextMistakes(values: Environment): string[] {
  const missing = (name: "SPEECH_TO_TEXT_URL" | "SPEECH_TO_TEXT_KEY" | "SPEECH_TO_TEXT_MODEL"): string[] =>
    values[name] === undefined ? [`${name}: must be set where SPEECH_TO_TEXT is ${values.SPEECH_TO_TEXT}`] : [];
  if (values.SPEECH_TO_TEXT === "openai") return missing("SPEECH_TO_TEXT_URL");
  if (values.SPEECH_TO_TEXT === "azure") return [...missing("SPEECH_TO_TEXT_URL"), ...missing("SPEECH_TO_TEXT_KEY")];
  return values.SPEECH_TO_TEXT === "whisper" ? missing("SPEECH_TO_TEXT_MODEL") : [];
}

function speechToTextOf(values: Environment): SpeechToTextSettings | null {
  const {
    SPEECH_TO_TEXT: kind,
    SPEECH_TO_TEXT_URL: url = "",
    SPEECH_TO_TEXT_KEY: key,
    SPEECH_TO_TEXT_MODEL: model,
  } = values;
  if (kind === "openai") return { kind, url, key: key ?? null, model: model ?? "whisper-1" };
  if (kind === "azure") return { kind, url, key: key ?? "", locale: model ?? "en-GB" };
  if (kind === "whisper") return { kind, model: model ?? "", mayFetch: values.SPEECH_TO_TEXT_FETCH === "1" };
  return null;
}

type ModelUse = "LLM_RATER" | "LLM_PARTNER";

function languageModelMistakes(values: Environment, use: ModelUse): string[] {
  if (values[`${use}_URL`] === undefined) return [];
  return [
    ...(values[`${use}_MODEL`] === undefined ? [`${use}_MODEL: must be set where ${use}_URL is`] : []),
    ...(values[`${use}_PROGRAMMES`].length === 0
      ? [`${use}_PROGRAMMES: must name the programmes whose candidates agree to it, where ${use}_URL is set`]
      : []),
  ];
}

/** A partner has to hear what was said, while the candidate waits. */
function deafPartnerMistakes({ LLM_PARTNER_URL: url, SPEECH_TO_TEXT: hears }: Environment): string[] {
  if (url === undefined || hears === "openai" || hears === "azure") return [];
  return ["LLM_PARTNER_URL: needs a speech-to-text that answers at once: SPEECH_TO_TEXT must be openai or azure"];
}

function languageModelOf(values: Environment, use: ModelUse): LanguageModelSettings | null {
  const url = values[`${use}_URL`];
  if (url === undefined) return null;
  const [key = null, model = ""] = [values[`${use}_KEY`], values[`${use}_MODEL`]];
  return { url, key, model, programmes: values[`${use}_PROGRAMMES`], answersPerDay: values[`${use}_DAILY`] };
}

function voiceOf(values: Environment): VoiceSettings | null {
  const { PARTNER_VOICE_URL: url, PARTNER_VOICE_KEY: key = null } = values;
  return url === undefined ? null : { url, key, model: values.PARTNER_VOICE_MODEL, voice: values.PARTNER_VOICE_NAME };
}

function isAddressOrRange(entry: string): boolean {
  const [address = "", bits, ...more] = entry.split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** Whether a listening address is reachable from this machine alone. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}
