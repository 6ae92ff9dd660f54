import type { Readable } from "node:stream";
import type { Finding } from "@bandwise/interchange/item-model";
import type { ImportEntry, ImportedFile } from "../bank/import-file.ts";
import { importDefaults, importVocabulary, judgeDraft } from "../bank/import-rules.ts";
import { mediaNames, mediaProblem } from "../bank/rules.ts";
import { type BankItem, maxMediaBytes, mediaTypes, type Skill } from "../bank/schema.ts";
import { AppError } from "../kernel/errors.ts";
import { contentHash, sha256 } from "../kernel/hash.ts";

/*
 * Files of items in and out. The reading and writing code and its libraries load when the first file is due: the site itself
 * needs them only for exports.
 */

/** Opens an uploaded file: a package or an item of QTI, a table as CSV, or a zip of a table with its media. @throws INVALID saying why it cannot be read at all */
export async function openItemFile(fileName: string, content: Uint8Array): Promise<ImportedFile> {
  const { Refusal } = await import("@bandwise/interchange/refusal");
  try {
    return await open(fileName, content);
  } catch (error) {
    if (error instanceof Refusal) throw new AppError("INVALID", error.message, { cause: error });
    throw error;
  }
}

async function open(fileName: string, content: Uint8Array): Promise<ImportedFile> {
  if (content[0] === 0x50 && content[1] === 0x4b) {
    const { openZip } = await import("@bandwise/interchange/zip");
    const { tableIn } = await import("@bandwise/interchange/table-package");
    const archive = await openZip(content, fileName);
    const table = tableIn(archive.names);
    return table === null ? openPackaged(archive) : openTable(table, await archive.read(table), archive);
  }
  const start = new TextDecoder("latin1").decode(content.subarray(0, 200)).replaceAll("\u0000", "");
  // By its first sign, whatever its name: byte order marks of UTF-8 and UTF-16 come before it.
  if (/^[\u00ef\u00bb\u00bf\u00fe\u00ff\s]*</.test(start)) {
    return openPackaged({ names: ["item.xml"], has: (name) => name === "item.xml", read: async () => content });
  }
  return openTable(fileName, content, null);
}

type Files = Parameters<typeof import("@bandwise/interchange/read-package").openPackage>[0];

async function openPackaged(files: Files): Promise<ImportedFile> {
  const { openPackage } = await import("@bandwise/interchange/read-package");
  const { draftItem, assumedText } = await import("@bandwise/interchange/item-draft");
  const opened = await openPackage(files, importVocabulary);
  return {
    format: "qti",
    count: opened.candidates.length,
    entry: async (position) => {
      const file = opened.candidates[position];
      const packaged = file === undefined ? null : await opened.read(file);
      if (packaged === null) return null;
      if ("refusal" in packaged) return refusedEntry(packaged.file, packaged.refusal);
      const { reading, own, xml } = packaged;
      const draft = draftItem(reading, importDefaults, own);
      const assumed =
        draft && draft.assumed.length > 0
          ? [{ level: "warning" as const, path: "", message: assumedText(draft.assumed) }]
          : [];
      const media = reading.media.map(({ name, href }) => ({
        name,
        content: () => files.read(href),
        there: files.has(href),
        href,
      }));
      const missing = media.filter(({ there }) => !there);
      const damaged = await Promise.all(
        media
          .filter(({ there }) => there)
          .map(async (one) => ({ ...one, problem: problemOf(one.name, await one.content()) })),
      );
      const verdict = judgeDraft(draft, reading.findings, [
        ...assumed,
        ...missing.map(({ href }) => ({ level: "rejected" as const, path: href, message: "is not in the package" })),
        ...damaged.flatMap(({ href, problem }) =>
          problem === null ? [] : [{ level: "rejected" as const, path: href, message: problem }],
        ),
      ]);
      const document = new TextDecoder().decode(xml);
      return {
        path: packaged.file,
        identifier: reading.identifier,
        title: reading.title,
        format: formatOf(document),
        document: document.replaceAll("\u0000", ""),
        contentHash: contentHash([sha256(xml), verdict.item]),
        verdict,
        media: media.map(({ name, content }) => ({ name, content })),
      };
    },
  };
}

function formatOf(document: string): string {
  if (/imsqtiasi_v3p0|<qti-assessment-item/.test(document)) return "qti-3.0";
  return /imsqti_v2p1/.test(document) ? "qti-2.1" : "qti-2.2";
}

function problemOf(name: string, content: Uint8Array): string | null {
  const mimeType = Object.entries(mediaTypes).find(([ending]) => name.endsWith(`.${ending}`))?.[1];
  if (mimeType === undefined) return "is of a kind the bank does not keep; MP3, SVG, PNG and JPEG are";
  if (content.byteLength === 0 || content.byteLength > maxMediaBytes)
    return `must hold 1 byte to ${maxMediaBytes / 1_000_000} MB`;
  return mediaProblem(content, mimeType);
}

function refusedEntry(path: string, reason: string): ImportEntry {
  const verdict = {
    outcome: "rejected" as const,
    item: null,
    findings: [{ level: "rejected" as const, path: "", message: reason }],
  };
  return { path, identifier: "", title: "", format: "qti", document: "", contentHash: "", verdict, media: [] };
}

async function openTable(fileName: string, content: Uint8Array, beside: Files | null): Promise<ImportedFile> {
  const { readCsv } = await import("@bandwise/interchange/csv-read");
  const { mediaPlaces } = await import("@bandwise/interchange/table-package");
  const rows = readCsv(content, fileName);
  return {
    format: "csv",
    count: rows.length,
    entry: async (position) => {
      const row = rows[position];
      if (row === undefined) return null;
      const { line, draft } = row;
      const judged = judgeDraft(draft, []).item;
      const media: { name: string; bytes: Uint8Array }[] = [];
      const found: Finding[] = [];
      for (const name of new Set(judged === null ? [] : mediaNames(judged).map((one) => one.name))) {
        const place = mediaPlaces(fileName, name).find((own) => beside?.has(own));
        const bytes = place === undefined ? undefined : await beside?.read(place);
        const problem = bytes === undefined ? null : problemOf(name, bytes);
        if (problem !== null) found.push({ level: "rejected", path: name, message: problem });
        else if (bytes !== undefined) media.push({ name, bytes });
        else
          found.push({
            level: "warning",
            path: name,
            message: "is not beside the table: the bank must have it already",
          });
      }
      const verdict = judgeDraft(draft, [], found);
      return {
        path: `line ${line}`,
        identifier: String(draft.item.id ?? ""),
        title: judged === null ? "" : titleOf(judged),
        format: "csv",
        document: JSON.stringify(draft.item),
        contentHash: contentHash([draft.item, ...media.map(({ name, bytes }) => [name, sha256(bytes)])]),
        verdict,
        media: media.map(({ name, bytes }) => ({ name, content: async () => bytes })),
      };
    },
  };
}

function titleOf(item: BankItem): string {
  if (item.skill === "listening") return item.content.stimulus.setting;
  return item.skill === "reading" ? (item.content.stimulus.title ?? "") : item.content.title;
}

/** A QTI 3.0 package of these items, as a stream. */
export async function writeItemPackage(
  items: AsyncIterable<BankItem>,
  readMedia: (name: string) => Promise<Uint8Array>,
  at: Date,
): Promise<Readable> {
  const { writePackage } = await import("@bandwise/interchange/write-package");
  return writePackage({
    items,
    mediaNames: (item) => mediaNames(item).map(({ name }) => name),
    readMedia,
    vocabulary: importVocabulary,
    defaults: importDefaults,
    at,
  });
}

/** A zip of a table of those items that a table can carry, with their media; and which it cannot. */
export async function writeItemTable(
  items: readonly BankItem[],
  readMedia: (name: string) => Promise<Uint8Array>,
  at: Date,
): Promise<{ content: Readable; leftOut: readonly { id: string; reason: string }[] }> {
  const { writeTablePackage } = await import("@bandwise/interchange/table-package");
  return writeTablePackage({ items, mediaNames: (item) => mediaNames(item).map(({ name }) => name), readMedia, at });
}

export async function itemTableTemplate(skill: Skill): Promise<string> {
  const { csvTemplate } = await import("@bandwise/interchange/csv-template");
  return csvTemplate(skill);
}
