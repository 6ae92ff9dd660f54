import { type CefrLevel, cefrLevels, type LevelBand, levelBands } from "@bandwise/scoring/cefr";
import { ScoringError } from "@bandwise/scoring/error";
import { type IelpItem, type IelpResult, type IelpTask, scoreIelp, scoreIelpRaw } from "@bandwise/scoring/ielp";
import { scoreIeltsSpeaking } from "@bandwise/scoring/ielts-speaking";
import { scoreIetSpeaking } from "@bandwise/scoring/iet-speaking";
import type { Ratings } from "@bandwise/scoring/ratings";
import { compare, fromNumber, parseDecimal, type Rational } from "@bandwise/scoring/rational";
import { IELP, ielpSections } from "@bandwise/scoring/schemes/ielp";
import { IELTS_SPEAKING } from "@bandwise/scoring/schemes/ielts-speaking";
import { IET_SPEAKING } from "@bandwise/scoring/schemes/iet-speaking";
import { JsonNumber, type JsonObject, type JsonValue, parseStrictJson, wholeRecord } from "./strict-json.ts";

/**
 * One line in, one line out: the stable face of scoring.md, "The command-line face". Throws ScoringError whose field is the full
 * path in the record.
 */
export function scoreRecord(line: string): string {
  const record = objectAt(parseStrictJson(line), wholeRecord);
  const scheme = record.get("scheme");
  switch (scheme) {
    case "ielp":
      return JSON.stringify(scoreIelpRecord(record));
    case "ielts-speaking":
      return JSON.stringify(scoreIeltsRecord(record));
    case "iet-speaking":
      return JSON.stringify(scoreIetRecord(record));
    case undefined:
      throw new ScoringError("scheme", "is missing");
    default:
      throw new ScoringError("scheme", `must be one of "${IELP.id}", "${IELTS_SPEAKING.id}", "${IET_SPEAKING.id}"`);
  }
}

function scoreIelpRecord(record: JsonObject) {
  const given = record.has("raw") ? "raw" : "responses";
  if (given === "raw" && record.has("responses")) {
    throw new ScoringError("responses", "must not stand beside raw: give one of the two");
  }
  if (!record.has(given)) throw new ScoringError("raw", "is missing: give raw or responses");
  checkNames(record, ["scheme", given], "");
  const sections = objectAt(record.get(given), given);
  checkNames(sections, ielpSections, given);
  const {
    scheme,
    version,
    sections: scored,
    composites,
    overall,
  }: IelpResult = within(given, () => {
    if (given === "raw") {
      return scoreIelpRaw({
        reading: rawAt(sections.get("reading"), "reading"),
        listening: rawAt(sections.get("listening"), "listening"),
        writing: rawAt(sections.get("writing"), "writing"),
        speaking: rawAt(sections.get("speaking"), "speaking"),
      });
    }
    return scoreIelp({
      reading: itemsAt(sections.get("reading"), "reading"),
      listening: itemsAt(sections.get("listening"), "listening"),
      writing: tasksAt(sections.get("writing"), IELP.sections.writing.criteria, "writing"),
      speaking: tasksAt(sections.get("speaking"), IELP.sections.speaking.criteria, "speaking"),
    });
  });
  return { scheme, version, sections: scored, composites, overall };
}

function scoreIeltsRecord(record: JsonObject) {
  checkNames(record, ["scheme", "ratings"], "");
  const result = scoreIeltsSpeaking(ratingsAt(record.get("ratings"), IELTS_SPEAKING.criteria, "ratings"));
  const { scheme, version, mean, rounded, penalty, overall, advisories } = result;
  return { scheme, version, mean, rounded, penalty, overall, advisories };
}

function scoreIetRecord(record: JsonObject) {
  checkNames(record, ["scheme", "tasks"], "");
  const given = listAt(record.get("tasks"), "tasks").map((task, index) =>
    ratingsAt(task, IET_SPEAKING.criteria, `tasks[${index}]`),
  );
  const { scheme, version, tasks, overall, cefr, independentUser } = scoreIetSpeaking(given);
  return { scheme, version, tasks, overall, cefr, independentUser };
}

function rawAt(value: JsonValue | undefined, path: string): string | Rational {
  if (typeof value === "string") return value;
  if (value instanceof JsonNumber) return exactAt(value, path);
  throw new ScoringError(path, "must be a decimal as text or number, such as 13.00");
}

function itemsAt(value: JsonValue | undefined, path: string): IelpItem[] {
  return listAt(value, path).map((entry, index) => {
    const itemPath = `${path}[${index}]`;
    const item = objectAt(entry, itemPath);
    checkNames(item, ["cefr", "credit"], itemPath);
    const credit = item.get("credit");
    if (!(credit instanceof JsonNumber)) throw new ScoringError(`${itemPath}.credit`, "must be a number from 0 to 1");
    const cefr = wordAt<CefrLevel>(item.get("cefr"), cefrLevels, `${itemPath}.cefr`);
    return { cefr, credit: exactAt(credit, `${itemPath}.credit`) };
  });
}

function tasksAt<Criterion extends string>(
  value: JsonValue | undefined,
  criteria: readonly Criterion[],
  path: string,
): IelpTask<Criterion>[] {
  return listAt(value, path).map((entry, index) => {
    const taskPath = `${path}[${index}]`;
    const task = objectAt(entry, taskPath);
    checkNames(task, ["level", "ratings"], taskPath);
    return {
      level: wordAt<LevelBand>(task.get("level"), levelBands, `${taskPath}.level`),
      ratings: ratingsAt(task.get("ratings"), criteria, `${taskPath}.ratings`),
    };
  });
}

function ratingsAt<Criterion extends string>(
  value: JsonValue | undefined,
  criteria: readonly Criterion[],
  path: string,
): Ratings<Criterion> {
  const given = objectAt(value, path);
  checkNames(given, criteria, path);
  const entries = criteria.map((criterion): [Criterion, number] => {
    const rating = given.get(criterion);
    if (!(rating instanceof JsonNumber)) throw new ScoringError(`${path}.${criterion}`, "must be a number");
    return [criterion, gridNumber(rating)];
  });
  return Object.fromEntries(entries) as Record<Criterion, number>;
}

/** The number as written; NaN, which lies on no grid, when a binary number cannot hold it (7.00000000000000000001 is not 7). */
function gridNumber({ text }: JsonNumber): number {
  const nearest = Number(text);
  const exact = parseDecimal(text);
  const held = fromNumber(nearest);
  return exact !== undefined && held !== undefined && compare(exact, held) === 0 ? nearest : Number.NaN;
}

function exactAt({ text }: JsonNumber, path: string): Rational {
  const exact = parseDecimal(text);
  if (exact === undefined) throw new ScoringError(path, "must be a number of at most 400 digits");
  return exact;
}

function wordAt<Word extends string>(value: JsonValue | undefined, words: readonly Word[], path: string): Word {
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new ScoringError(path, `must be one of ${words.join(", ")}`);
  return word;
}

function objectAt(value: JsonValue | undefined, path: string): JsonObject {
  if (value instanceof Map) return value;
  throw new ScoringError(path, "must be an object");
}

function listAt(value: JsonValue | undefined, path: string): readonly JsonValue[] {
  if (Array.isArray(value)) return value;
  throw new ScoringError(path, "must be a list");
}

/** Exactly these members: the first unknown one is named, then the first missing one. */
function checkNames(object: JsonObject, names: readonly string[], path: string): void {
  const pathOf = (name: string) => (path === "" ? name : `${path}.${name}`);
  for (const name of object.keys()) {
    if (!names.includes(name)) throw new ScoringError(pathOf(name), `is unknown: expected ${names.join(", ")}`);
  }
  for (const name of names) {
    if (!object.has(name)) throw new ScoringError(pathOf(name), "is missing");
  }
}

/** The scorer names fields from its own argument on; the record has that argument under `path`. */
function within<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof ScoringError) throw new ScoringError(`${path}.${error.field}`, error.rule);
    throw error;
  }
}
