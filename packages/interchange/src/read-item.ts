import { isInteraction } from "./body.ts";
import type { FoundKey } from "./find-key.ts";
import type { Reading } from "./html-blocks.ts";
import { readBlocks } from "./html-blocks.ts";
import type { Declarations } from "./interactions.ts";
import { type ItemBody, readItemBody } from "./item-body.ts";
import { keyFor } from "./item-key.ts";
import type { Block, Finding, ItemMetadata, MediaReference } from "./item-model.ts";
import { readMetadata, type Vocabulary } from "./metadata.ts";
import { toText } from "./our-response.ts";
import { mediaName, resolvePath } from "./package-paths.ts";
import { type ResponseProgram, readProgram, runTemplate } from "./response-program.ts";
import { type Declaration, readDeclaration, Unsupported, type Value } from "./response-values.ts";
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
