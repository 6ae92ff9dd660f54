import { rational } from "@bandwise/scoring/rational";
import { isInteraction } from "./body.ts";
import { type FoundKey, findKey } from "./find-key.ts";
import type { Reading } from "./html-blocks.ts";
import { readBlocks } from "./html-blocks.ts";
import type { Declarations, Part } from "./interactions.ts";
import { type ItemBody, readItemBody } from "./item-body.ts";
import type { Block, Finding, ItemMetadata, MediaReference } from "./item-model.ts";
import { readMetadata, type Vocabulary } from "./metadata.ts";
import { toText } from "./our-response.ts";
import { type ResponseProgram, readProgram, runTemplate } from "./response-program.ts";
import { type Declaration, readDeclaration, Unsupported, type Value } from "./response-values.ts";
import { isSeparable } from "./separable.ts";
import {
  childNamed,
  childrenNamed,
  descendantsNamed,
  elementsOf,
  textOf,
  type XmlElement,
  type XmlNode,
} from "./xml.ts";

/** An item as read from its file, before anything is asked about who wants it where. */
export interface ItemReading {
  readonly identifier: string;
  readonly title: string;
  readonly version: string;
  readonly body: ItemBody | null;
  /** Null where the rules did not become our scoring; a finding says why. */
  readonly scoring: FoundKey | null;
  readonly metadata: ItemMetadata;
  readonly media: readonly MediaReference[];
  readonly findings: readonly Finding[];
  /** Notes an author left for markers and other authors. */
  readonly notes: readonly string[];
}

/** What is beside the item and belongs to it. */
export interface Surroundings {
  readonly vocabulary: Vocabulary;
  /** Path of the item's file inside its package, for the files it names. */
  readonly file: string;
  /** The metadata the package's manifest holds about it. */
  readonly metadata?: ItemMetadata;
  /** The shared passage at this path (already resolved against the item's file), or null where there is none. */
  readonly stimulus?: (path: string) => XmlElement | null;
}

export function isItem(root: XmlElement): boolean {
  return root.name === "assessmentItem";
}

/** `mediaInteraction` answers nothing; as a recording it belongs to what is listened to. */
const ours = [
  ...["choiceInteraction", "textEntryInteraction", "inlineChoiceInteraction", "matchInteraction", "orderInteraction"],
  ...["gapMatchInteraction", "hottextInteraction", "extendedTextInteraction", "uploadInteraction", "mediaInteraction"],
];

function interactionNames(element: XmlElement): string[] {
  return elementsOf(element).flatMap((child) => [
    ...(isInteraction(child.name) ? [child.name] : []),
    ...interactionNames(child),
  ]);
}

/** Reads one item. Nothing it holds makes this throw: what cannot be taken is a finding. */
export function readItem(root: XmlElement, surroundings: Surroundings): ItemReading {
  const findings: Finding[] = [];
  const media = new Map<string, string>();
  const reading = makeReading(findings, media, surroundings.file);
  const { identifier = "", title = "" } = root.attributes;
  const metadata = { ...readMetadata(root, surroundings.vocabulary), ...surroundings.metadata };
  let body: ItemBody | null = null;
  let scoring: FoundKey | null = null;
  try {
    if (!isItem(root)) throw new Unsupported(root.path, `is a ${root.name}, not an item`);
    if (identifier.trim() === "") throw new Unsupported(root.path, "has no identifier");
    noteUnread(root, reading);
    const declared = readDeclarations(root);
    const itemBody = childNamed(root, "itemBody");
    if (itemBody === undefined) throw new Unsupported(root.path, "has no body");
    const foreign = descendantsNamed(
      itemBody,
      ...new Set(interactionNames(itemBody).filter((name) => !ours.includes(name))),
    )[0];
    if (foreign) throw new Unsupported(foreign.path, `${foreign.name} has no counterpart among our item types`);
    const { program, problem, variables, responses } = programOf(root, declared);
    const shown = printVariables(itemBody, variables);
    body = withStimuli(root, readItemBody(shown, { responses }, reading, title), surroundings, reading);
    if (body.parts.length === 0 && body.task === null)
      reading.note("rejected", itemBody, "asks nothing: no interaction stands in the body");
    if (body.parts.length > 0 && body.task !== null)
      reading.note("rejected", itemBody, "mixes questions with a task that people mark");
    scoring = body.parts.length === 0 ? null : keyFor(body.parts, program, problem, root, reading);
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    findings.push({ level: "rejected", path: error.path || root.path, message: error.message });
  }
  return {
    identifier,
    title: title.trim(),
    version: versionOf(root),
    body,
    scoring,
    metadata,
    media: [...media].map(([href, name]) => ({ href, name })),
    findings: unique(findings),
    notes: descendantsNamed(root, "rubricBlock")
      .filter(({ attributes }) => /author|scorer/.test(attributes.view ?? ""))
      .map(textOf),
  };
}

function unique(findings: readonly Finding[]): Finding[] {
  return findings.filter(
    ({ path, message }, index) =>
      findings.findIndex((other) => other.path === path && other.message === message) === index,
  );
}

function versionOf(root: XmlElement): string {
  return root.path.startsWith("/qti-") ? "3.0" : "2.x";
}

function makeReading(findings: Finding[], media: Map<string, string>, file: string): Reading {
  return {
    note: (level, { path }, message) => void findings.push({ level, path, message }),
    media: (href) => {
      const place = resolvePath(file, href);
      const known = media.get(place);
      if (known !== undefined) return known;
      const name = mediaName(place, [...media.values()]);
      media.set(place, name);
      return name;
    },
  };
}

/** A reference beside `file` as a path from the package's root; web addresses stay as they are and are found missing later. */
export function resolvePath(file: string, href: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return href;
  let decoded = href.split(/[?#]/)[0] ?? "";
  try {
    decoded = decodeURIComponent(decoded);
  } catch {
    // Not encoded after all: a name with a percent sign.
  }
  const parts = decoded.startsWith("/") ? [] : file.split("/").slice(0, -1);
  for (const part of decoded.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

/** A file's name as the bank takes it. */
function mediaName(place: string, taken: readonly string[]): string {
  const [, stem = "", ending = ""] = /([^/]*?)(?:\.([A-Za-z0-9]+))?$/.exec(place) ?? [];
  const plain =
    stem
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "") || "file";
  const suffix = ending.toLowerCase() === "jpeg" ? "jpg" : ending.toLowerCase();
  for (let count = 1; ; count += 1) {
    const name = `${plain}${count === 1 ? "" : `-${count}`}.${suffix}`;
    if (!taken.includes(name)) return name;
  }
}

interface Declared extends Declarations {
  readonly outcomes: ReadonlyMap<string, Declaration>;
  readonly templates: ReadonlyMap<string, Declaration>;
  /** Declarations that could not be read: whoever needs them says so. */
  readonly problem: Unsupported | null;
}

function readDeclarations(root: XmlElement): Declared {
  let problem: Unsupported | null = null;
  const read = (name: string): Map<string, Declaration> => {
    const all = new Map<string, Declaration>();
    for (const element of childrenNamed(root, name)) {
      try {
        const declaration = readDeclaration(element);
        if (all.has(declaration.identifier))
          throw new Unsupported(element.path, `declares ${declaration.identifier} a second time`);
        all.set(declaration.identifier, declaration);
      } catch (error) {
        if (!(error instanceof Unsupported)) throw error;
        problem ??= error;
        // The interaction is still shown; its scoring is not to be had.
        const { identifier = "", cardinality, baseType = "" } = element.attributes;
        const many = cardinality === "multiple" || cardinality === "ordered" ? cardinality : "single";
        if (!all.has(identifier)) {
          all.set(identifier, {
            identifier,
            cardinality: many,
            baseType,
            defaultValue: null,
            correct: null,
            mapping: null,
            path: element.path,
          });
        }
      }
    }
    return all;
  };
  const responses = read("responseDeclaration");
  const responseProblem: Unsupported | null = problem;
  return {
    responses,
    outcomes: read("outcomeDeclaration"),
    templates: read("templateDeclaration"),
    problem: responseProblem,
  };
}

interface Rules {
  readonly program: ResponseProgram | null;
  /** Why there is none although there are rules. */
  readonly problem: Unsupported | null;
  readonly variables: ReadonlyMap<string, Value>;
  /** With the correct responses that template rules set. */
  readonly responses: ReadonlyMap<string, Declaration>;
}

function programOf(root: XmlElement, declared: Declared): Rules {
  let variables: ReadonlyMap<string, Value> = new Map();
  let { responses } = declared;
  try {
    const template = runTemplate(root, declared.templates);
    variables = template.variables;
    responses = new Map(
      [...responses].map(([identifier, declaration]) => [
        identifier,
        { ...declaration, correct: template.correct.get(identifier) ?? declaration.correct },
      ]),
    );
    return {
      program: readProgram(root, { ...declared, responses }, variables),
      problem: declared.problem,
      variables,
      responses,
    };
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    return { program: null, problem: error, variables, responses };
  }
}

/** What stands in an item beside its body and is not taken. */
function noteUnread(root: XmlElement, reading: Reading): void {
  if (root.attributes.adaptive === "true")
    reading.note("rejected", root, "an adaptive item, which changes while it is answered");
  for (const element of elementsOf(root)) {
    if (element.name === "modalFeedback")
      reading.note("warning", element, "feedback is not shown in an exam; kept in the original file only");
    if (element.name === "outcomeProcessing")
      reading.note("warning", element, "belongs to tests, not items; read as response processing");
    if (element.name === "stylesheet")
      reading.note("warning", element, "the exam has one look, style sheets are not kept");
    if (element.name === "catalogInfo" || element.name === "companionMaterialsInfo") {
      reading.note("warning", element, `${element.name}: kept in the original file only`);
    }
  }
}

/** Template variables that chance has no part in, written out as text. */
function printVariables(element: XmlElement, variables: ReadonlyMap<string, Value>): XmlElement {
  const children = element.children.map((child): XmlNode => {
    if (typeof child === "string") return child;
    if (child.name !== "printedVariable") return printVariables(child, variables);
    const { identifier = "" } = child.attributes;
    if (!variables.has(identifier)) {
      throw new Unsupported(child.path, `prints the variable ${identifier}, which is not known before the sitting`);
    }
    return (variables.get(identifier)?.items ?? []).map(toText).join(" ");
  });
  return { ...element, children };
}

/** Shared passages the item refers to come before its own. */
function withStimuli(root: XmlElement, body: ItemBody, { file, stimulus }: Surroundings, reading: Reading): ItemBody {
  const shared: Block[] = [];
  for (const reference of childrenNamed(root, "assessmentStimulusRef")) {
    const place = resolvePath(file, reference.attributes.href ?? "");
    const passage = stimulus?.(place) ?? null;
    if (passage === null) {
      reading.note("rejected", reference, `the passage ${place || "(no href)"} is not there`);
      continue;
    }
    const inside = makeStimulusReading(reading, place, file);
    const content = childNamed(passage, "stimulusBody");
    shared.push(...readBlocks(content ? content.children : [], inside));
  }
  return { ...body, stimulus: [...shared, ...body.stimulus] };
}

/** Pictures of a shared passage lie beside the passage, not beside the item. */
function makeStimulusReading(reading: Reading, place: string, file: string): Reading {
  const up = file
    .split("/")
    .slice(1)
    .map(() => "..");
  return { ...reading, media: (href) => reading.media([...up, resolvePath(place, href)].join("/")) };
}

/**
 * The key: from the item's own rules where they become our scoring; where there are none that set SCORE, from the correct
 * responses it declares, all or nothing.
 */
function keyFor(
  parts: readonly Part[],
  program: ResponseProgram | null,
  problem: Unsupported | null,
  root: XmlElement,
  reading: Reading,
): FoundKey | null {
  const needsKey = (error: Unsupported): null => {
    reading.note("warning", { path: error.path || program?.path || root.path }, `needs a key: ${error.message}`);
    return null;
  };
  if (problem) return needsKey(problem);
  try {
    if (program?.setsScore) {
      const found = findKey(parts, program);
      if (found.constant)
        reading.note("warning", { path: program.path }, "every answer earns the same, right or wrong");
      if (found.blank.num !== 0n) {
        reading.note(
          "warning",
          { path: program.path },
          `no answer earns ${toText(found.blank)} of ${toText(found.max)} there and nothing here`,
        );
      }
      return found;
    }
    const declared = declaredOnly(parts, root);
    if (declared === null)
      throw new Unsupported(
        program?.path ?? root.path,
        program ? "its rules set no SCORE" : "it has no response processing",
      );
    const found = findKey(parts, declared);
    reading.note(
      "warning",
      { path: program?.path ?? root.path },
      `${program ? "its rules set no SCORE" : "it has no response processing"}: its correct response was taken as the key`,
    );
    return found;
  } catch (error) {
    if (error instanceof Unsupported) return needsKey(error);
    throw error;
  }
}

/** A program that gives 1 where every declared correct response is given, as far as all are declared. */
function declaredOnly(parts: readonly Part[], root: XmlElement): ResponseProgram | null {
  const declarations = parts.flatMap(({ slots }) => slots.map(({ declaration }) => declaration));
  if (declarations.some(({ correct }) => correct === null)) return null;
  const make = (name: string, identifier: string, ...children: XmlElement[]): XmlElement => ({
    name,
    attributes: identifier === "" ? {} : { identifier },
    children,
    path: root.path,
  });
  const rules = declarations.map(({ identifier }) =>
    make(
      "responseCondition",
      "",
      make(
        "responseIf",
        "",
        make("match", "", make("variable", identifier), make("correct", identifier)),
        make("setOutcomeValue", "SCORE", make("sum", "", make("variable", "SCORE"), one(root.path))),
      ),
    ),
  );
  const responses = new Map(declarations.map((declaration) => [declaration.identifier, declaration]));
  const processing = { ...make("responseProcessing", "", ...rules) };
  const item: XmlElement = { name: "assessmentItem", attributes: {}, children: [processing], path: root.path };
  const program = readProgram(item, { responses, outcomes: new Map(), templates: new Map() }, new Map());
  return program === null || !isSeparable(program) ? null : { ...program, path: root.path };
}

function one(path: string): XmlElement {
  return { name: "baseValue", attributes: { baseType: "float" }, children: [toText(rational(1))], path };
}
