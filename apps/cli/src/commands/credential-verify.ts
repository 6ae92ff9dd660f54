import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { joinInstallation } from "@bandwise/core/adapters/installation";
import { createServices } from "@bandwise/core/adapters/services";
import { verifyCredential } from "@bandwise/core/certificates/badge-queries";
import type { ComparedValue } from "@bandwise/core/certificates/badge-rules";
import { contextFor } from "@bandwise/core/kernel/context";
import { AppError } from "@bandwise/core/kernel/errors";
import { systemViewer } from "@bandwise/core/kernel/policy";
import { SettingsError } from "@bandwise/core/kernel/settings";
import { didDocumentUrl } from "@bandwise/credentials/did-document";
import { UnreadableCredential } from "@bandwise/credentials/parse";
import { type Sources, type VerificationReport, verifyFile } from "@bandwise/credentials/verify";
import { type Command, type Io, UsageError } from "../command.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** Exit statuses: 0 valid, 1 not valid (or something needed to know was not at hand), 2 the file cannot be read or the call is wrong. */
export const command: Command = {
  usage: "credential verify FILE [--did FILE] [--status FILE] [--fetch] [--json]",
  help: [
    "  FILE is a badge as JSON or JWT, or a certificate's PDF that carries one.",
    "  Without options keys and status come from the database of this installation, and the values are compared with it.",
    "  --did FILE     the issuer's DID document (did.json)    | with either of them, or --fetch,",
    "  --status FILE  the issuer's status list                | no database is needed",
    "  --fetch        gets what no FILE gives from the issuer's own site; without it nothing is ever fetched",
    "  --json         prints the report as JSON",
    "  Exit status: 0 valid, 1 not valid or not to be decided, 2 not readable.",
  ],
  async run(args, io) {
    const { values, file } = options(args);
    const bytes = await readGiven(file, io);
    if (bytes === null) return 2;
    try {
      const offline = values.did !== undefined || values.status !== undefined || values.fetch;
      const outcome = offline
        ? { report: await verifyFile(bytes, await givenSources(values), new Date()), differences: [] }
        : await verifyHere(bytes);
      await io.out(values.json ? toJson(outcome) : toText(outcome));
      return outcome.report.valid ? 0 : 1;
    } catch (error) {
      if (error instanceof UnreadableCredential || (error instanceof AppError && error.code === "INVALID")) {
        io.err(`bandwise credential verify: ${error instanceof AppError ? error.userMessage : error.message}\n`);
        return 2;
      }
      throw error;
    }
  },
};

interface Outcome {
  readonly report: VerificationReport;
  readonly differences: readonly ComparedValue[];
}

interface Given {
  readonly did?: string | undefined;
  readonly status?: string | undefined;
  readonly fetch: boolean;
  readonly json: boolean;
}

function options(args: readonly string[]): { values: Given; file: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        did: { type: "string" },
        status: { type: "string" },
        fetch: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError("needs one FILE");
    return { values, file };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function readGiven(path: string, io: Io): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch {
    io.err(`bandwise credential verify: ${path} cannot be read\n`);
    return null;
  }
}

async function givenSources({ did, status, fetch: mayFetch }: Given): Promise<Sources> {
  const [didDocument, statusList] = await Promise.all([jsonFile(did), jsonFile(status)]);
  return {
    didDocument: async (asked) => didDocument ?? (mayFetch ? fetchJson(didDocumentUrl(asked)) : null),
    statusList: async (url) => statusList ?? (mayFetch ? fetchJson(url) : null),
  };
}

async function jsonFile(path: string | undefined): Promise<unknown> {
  if (path === undefined) return null;
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    throw new UsageError(`${path} is no readable JSON`);
  }
}

/** Only https, no redirects, 10 seconds, 2 MB. Null when it cannot be had: the check then says so. */
async function fetchJson(url: string | null): Promise<unknown> {
  const address = url === null ? null : fetchable(url);
  if (address === null) return null;
  try {
    const response = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(10_000) });
    if (!response.ok || Number(response.headers.get("content-length") ?? 0) > 2 * 1024 * 1024) return null;
    const text = await response.text();
    return text.length > 2 * 1024 * 1024 ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

const loopback = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Where to fetch it: over https, or over plain http where it is this very installation, tried out on its own machine. A file
 * from a stranger must not make us ask anything else that listens here.
 */
function fetchable(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const asked = new URL(url);
  if (!loopback.includes(asked.hostname)) return asked.protocol === "https:" ? asked.href : null;
  const own = ownOrigin();
  return own?.host === asked.host ? `${own.origin}${asked.pathname}` : null;
}

/** Of this installation; null where none runs here. */
function ownOrigin(): URL | null {
  try {
    return new URL(joinInstallation(root, process.env).publicUrl);
  } catch (error) {
    if (error instanceof SettingsError) return null;
    throw error;
  }
}

async function verifyHere(file: Uint8Array): Promise<Outcome> {
  const settings = joinInstallation(root, process.env);
  const services = await createServices({ ...settings, logLevel: "error" }, "cli");
  try {
    return await verifyCredential(contextFor(services, systemViewer, services.ids.uuid()), { file });
  } finally {
    await services.close();
  }
}

function toText({ report, differences }: Outcome): string {
  const lines = [
    `${report.valid ? "valid" : "NOT VALID"}   ${report.form === "jwt" ? "JWT" : "embedded proof"}, issuer ${report.issuer}`,
    ...report.checks.map(({ name, outcome, detail }) => `  ${name.padEnd(7)} ${outcome.padEnd(7)} ${detail}`),
    ...differences.map(
      ({ name, file, record }) =>
        `  differs ${name}: the file says ${file ?? "nothing"}, certified was ${record ?? "nothing"}`,
    ),
  ];
  return `${lines.map(printable).join("\n")}\n`;
}

function toJson({ report, differences }: Outcome): string {
  const { valid, form, issuer, checks } = report;
  return `${JSON.stringify({ valid, form, issuer, checks, differences }, null, 2)}\n`;
}

/** A file from a stranger must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{C}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
