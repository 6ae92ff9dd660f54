import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { keyProblems } from "@bandwise/core/bank/key-rules";
import { lintBank } from "@bandwise/core/bank/lint";
import { mediaNames } from "@bandwise/core/bank/rules";
import { type BankItem, bankItem } from "@bandwise/core/bank/schema";
import { issueWords } from "@bandwise/core/kernel/issue-words";
import { type Command, type Io, UsageError } from "../command.ts";

const starterBank = fileURLToPath(new URL("../../../../prisma/seed/bank", import.meta.url));
/** Sounds and pictures lie in this folder of a bank; what is in it is no item. */
const mediaFolder = "media";

/** Exit statuses: 0 nothing found, 1 findings, 2 nothing to check or called wrongly. */
export const command: Command = {
  usage: "bank lint [DIR]   (default: the starter bank)",
  async run(args, io) {
    if (args.length > 1) throw new UsageError("takes one DIR at most");
    const folder = args[0] ?? starterBank;
    if (folder.startsWith("-")) throw new UsageError(`there is no option ${folder}`);
    if (!existsSync(folder) || !statSync(folder).isDirectory()) {
      io.err(`bandwise bank lint: ${folder}: there is no such folder\n`);
      return 2;
    }
    const files = jsonFiles(folder);
    if (files.length === 0) {
      io.err(`bandwise bank lint: ${folder} holds no .json file\n`);
      return 2;
    }
    return lintFiles(folder, files, io);
  },
};

async function lintFiles(folder: string, files: readonly string[], io: Io): Promise<number> {
  const items: BankItem[] = [];
  const findings: string[] = [];
  for (const file of files) {
    const place = relative(folder, file);
    for (const [index, entry] of readEntries(file, place, findings).entries()) {
      const parsed = bankItem.safeParse(entry, { error: issueWords });
      if (parsed.success) items.push(parsed.data);
      else {
        for (const { path, message } of parsed.error.issues)
          findings.push(`${place}: entry ${index + 1}: ${path.join(".") || "item"}: ${message}`);
      }
    }
  }
  for (const item of items) {
    for (const [field, rule] of Object.entries(keyProblems(item))) findings.push(`${item.id}: ${field}: ${rule}`);
    for (const { field, name } of mediaNames(item)) {
      if (!existsSync(join(folder, mediaFolder, name)))
        findings.push(`${item.id}: ${field}: names ${name}, which is not in ${mediaFolder}/`);
    }
  }
  for (const { rule, itemId, message } of lintBank(items)) findings.push(`${itemId ?? "bank"}: ${rule}: ${message}`);
  for (const finding of findings) await io.out(`${finding}\n`);
  const counted = `${items.length} ${items.length === 1 ? "item" : "items"}`;
  await io.out(findings.length === 0 ? `${counted}, nothing found\n` : `${counted}, ${findings.length} found\n`);
  return findings.length === 0 ? 0 : 1;
}

function readEntries(file: string, place: string, findings: string[]): unknown[] {
  try {
    const entries: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (Array.isArray(entries)) return entries;
    findings.push(`${place}: is not a list of items`);
  } catch (error) {
    findings.push(`${place}: is not JSON: ${error instanceof Error ? error.message : "unreadable"}`);
  }
  return [];
}

function jsonFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !(entry.isDirectory() && entry.name === mediaFolder))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return jsonFiles(path);
      return entry.name.endsWith(".json") ? [path] : [];
    })
    .sort();
}
