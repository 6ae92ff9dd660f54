import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isLoopback, readSettings, SettingsError, settingNames } from "./settings.ts";

const least = { DATABASE_URL: "postgresql://localhost/exams", AUTH_SECRET: "s".repeat(32) };

describe("settings", () => {
  it("need a database and a secret, and nothing else", () => {
    expect(readSettings(least)).toMatchObject({
      host: "127.0.0.1",
      port: 3000,
      publicUrl: "http://localhost:3000",
      smtpUrl: null,
      trustedProxies: [],
      guardianAge: 16,
      demo: false,
    });
  });

  it("take an empty variable for an absent one", () => {
    expect(readSettings({ ...least, PORT: "", SMTP_URL: " " })).toMatchObject({ port: 3000, smtpUrl: null });
  });

  it("take proxies as addresses and ranges, and name the one that is neither", () => {
    const proxies = (TRUSTED_PROXY: string) => readSettings({ ...least, TRUSTED_PROXY }).trustedProxies;
    expect(proxies("10.0.0.5, 192.168.7.0/24,::1,fd00::/8,")).toEqual([
      "10.0.0.5",
      "192.168.7.0/24",
      "::1",
      "fd00::/8",
    ]);
    for (const wrong of ["10.0.0.0/33", "fd00::/129", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0", "proxy", "10.0.0.0/-1"]) {
      expect(() => proxies(`::1,${wrong}`)).toThrow(`TRUSTED_PROXY: ${wrong} is neither an address nor a range`);
    }
  });

  it("name every mistake, one line each", () => {
    const read = () =>
      readSettings({ PORT: "many", SMTP_URL: "mail.example.org", AUTH_SECRET: "short", RETENTION_MAIL_DAYS: "0" });
    expect(read).toThrow(SettingsError);
    try {
      read();
    } catch (error) {
      const lines = (error as Error).message.split("\n");
      expect(lines.map((line) => line.split(":")[0])).toEqual([
        "PORT",
        "AUTH_SECRET",
        "SMTP_URL",
        "RETENTION_MAIL_DAYS",
        "DATABASE_URL",
      ]);
    }
  });

  it("name the rule that a number or an address breaks", () => {
    const mistakes = (more: Record<string, string>) => {
      try {
        return readSettings({ ...least, ...more }).publicUrl;
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(mistakes({ PORT: "70000" })).toBe("PORT: must be a whole number from 1 to 65535");
    expect(mistakes({ GUARDIAN_AGE: "99" })).toBe("GUARDIAN_AGE: must be a whole number of years from 0 to 25");
    for (const password of ["a#b", "a/b", "a?b"]) {
      expect(mistakes({ DATABASE_URL: `postgresql://exams:${password}@db.example.org/exams` })).toMatch(
        /^DATABASE_URL: is no address: in a password write # as %23/,
      );
    }
    expect(mistakes({ DATABASE_URL: "mysql://x" })).toBe("DATABASE_URL: must begin with postgresql://");
    expect(mistakes({ DATABASE_URL: "postgresql:///exams?host=/var/run/postgresql" })).toMatch(/^http/);
    expect(mistakes({ SMTP_URL: "smtp://" })).toMatch(/^SMTP_URL: .* name a server$/);
    expect(mistakes({ PUBLIC_URL: "exams.example.org" })).toBe(
      "PUBLIC_URL: must be a full address such as https://exams.example.org",
    );
    for (const path of ["/exams", "/?a=1", "#a"]) {
      expect(mistakes({ PUBLIC_URL: `https://exams.example.org${path}` })).toMatch(
        /^PUBLIC_URL: must end with the host/,
      );
    }
    expect(mistakes({ PUBLIC_URL: "https://exams.example.org:8443/" })).toBe("https://exams.example.org:8443");
  });

  it("take speech-to-text as one of three services, or none", () => {
    const speech = (more: Record<string, string>) => readSettings({ ...least, ...more }).speechToText;
    expect(speech({})).toBeNull();
    expect(speech({ SPEECH_TO_TEXT: "off", SPEECH_TO_TEXT_URL: "https://speech.example.org" })).toBeNull();
    const SPEECH_TO_TEXT_URL = "http://127.0.0.1:8000/v1";
    expect(speech({ SPEECH_TO_TEXT: "openai", SPEECH_TO_TEXT_URL })).toEqual({
      ...{ kind: "openai", url: SPEECH_TO_TEXT_URL, key: null, model: "whisper-1" },
    });
    expect(speech({ SPEECH_TO_TEXT: "azure", SPEECH_TO_TEXT_URL, SPEECH_TO_TEXT_KEY: "k" })).toMatchObject({
      ...{ kind: "azure", key: "k", locale: "en-GB" },
    });
    expect(speech({ SPEECH_TO_TEXT: "whisper", SPEECH_TO_TEXT_MODEL: "/srv/whisper" })).toEqual({
      ...{ kind: "whisper", model: "/srv/whisper", mayFetch: false },
    });
    expect(() => speech({ SPEECH_TO_TEXT: "azure" })).toThrow(/SPEECH_TO_TEXT_URL: must be set.*\nSPEECH_TO_TEXT_KEY/);
    expect(() => speech({ SPEECH_TO_TEXT: "whisper" })).toThrow("SPEECH_TO_TEXT_MODEL: must be set");
  });

  it("ask a language model only where its model and the programmes are named", () => {
    const LLM_RATER_URL = "https://llm.example.org/v1";
    expect(readSettings(least).languageModel).toBeNull();
    expect(
      readSettings({ ...least, LLM_RATER_URL, LLM_RATER_MODEL: "m", LLM_RATER_PROGRAMMES: "ielp, ielp-short" })
        .languageModel,
    ).toEqual({
      ...{ url: LLM_RATER_URL, key: null, model: "m", answersPerDay: 500 },
      programmes: ["ielp", "ielp-short"],
    });
    expect(() => readSettings({ ...least, LLM_RATER_URL })).toThrow(
      /LLM_RATER_MODEL: must.*\nLLM_RATER_PROGRAMMES: must/,
    );
  });

  it("give the partner of a conversation a model only with programmes that agree and a speech-to-text that answers at once", () => {
    const LLM_PARTNER_URL = "https://llm.example.org/v1";
    expect(readSettings(least)).toMatchObject({ partner: null, partnerVoice: null });
    const hears = { SPEECH_TO_TEXT: "openai", SPEECH_TO_TEXT_URL: "https://speech.example.org/v1" };
    const partner = { LLM_PARTNER_URL, LLM_PARTNER_MODEL: "m", LLM_PARTNER_PROGRAMMES: "iet-speaking" };
    const voice = { PARTNER_VOICE_URL: "https://speech.example.org/v1", PARTNER_VOICE_KEY: "k" };
    expect(readSettings({ ...least, ...hears, ...partner, ...voice })).toMatchObject({
      partner: { url: LLM_PARTNER_URL, key: null, model: "m", answersPerDay: 2000, programmes: ["iet-speaking"] },
      partnerVoice: { url: voice.PARTNER_VOICE_URL, key: "k", model: "tts-1", voice: "alloy" },
    });
    expect(() => readSettings({ ...least, LLM_PARTNER_URL })).toThrow(
      /LLM_PARTNER_MODEL: must.*\nLLM_PARTNER_PROGRAMMES: must.*\nLLM_PARTNER_URL: needs a speech-to-text/,
    );
    const whisper = { SPEECH_TO_TEXT: "whisper", SPEECH_TO_TEXT_MODEL: "/srv/whisper" };
    expect(() => readSettings({ ...least, ...whisper, ...partner })).toThrow(/LLM_PARTNER_URL: needs/);
  });

  it("show demo things only with the embedded database on loopback", () => {
    expect(readSettings({ ...least, BANDWISE_EMBEDDED: "1" }).demo).toBe(true);
    expect(readSettings({ ...least, BANDWISE_EMBEDDED: "1", HOST: "0.0.0.0" }).demo).toBe(false);
    expect(readSettings({ ...least, HOST: "127.0.0.1" }).demo).toBe(false);
  });

  it("show no demo things to strangers whom a proxy carries to loopback", () => {
    const embedded = { ...least, BANDWISE_EMBEDDED: "1" };
    expect(readSettings({ ...embedded, PUBLIC_URL: "http://localhost:4000" }).demo).toBe(true);
    expect(readSettings({ ...embedded, PUBLIC_URL: "https://exams.example.org" }).demo).toBe(false);
    expect(readSettings({ ...embedded, TRUSTED_PROXY: "127.0.0.1" }).demo).toBe(false);
  });

  it("know a loopback address", () => {
    expect(["127.0.0.1", "127.8.8.8", "::1", "localhost"].every(isLoopback)).toBe(true);
    expect(["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.example.org"].some(isLoopback)).toBe(false);
  });

  it("are explained in .env.example, all of them and no others", () => {
    const example = readFileSync(new URL("../../../../.env.example", import.meta.url), "utf8");
    const explained = [...example.matchAll(/^# ?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);
    expect(explained).toEqual(settingNames);
  });
});
