import type { Rational } from "@bandwise/scoring/rational";
import { rational } from "@bandwise/scoring/rational";
import { chosenBranch, createBudget, evaluate, initialOutcome, runRules } from "./evaluate.ts";
import { type Declaration, isRational, Unsupported, type Value } from "./response-values.ts";
import { childNamed, elementsOf, type XmlElement } from "./xml.ts";

/** An item's response processing, ready to run on any response. */
export interface ResponseProgram {
  readonly rules: readonly XmlElement[];
  readonly path: string;
  readonly responses: ReadonlyMap<string, Declaration>;
  readonly outcomes: ReadonlyMap<string, Declaration>;
  /** False where no rule sets SCORE. */
  readonly setsScore: boolean;
  /** The value of SCORE. @throws Unsupported */
  score(responses: ReadonlyMap<string, Value>): Rational;
}

const element = (
  path: string,
  name: string,
  attributes: Record<string, string>,
  children: readonly XmlElement[] = [],
): XmlElement => ({
  name,
  attributes,
  children,
  path,
});

/**
 * The rules of the standard's templates (`match_correct`, `map_response` and Common Cartridge's variants), written out on the
 * response variable they speak of.
 */
function templateRules(template: string, variable: string, path: string): XmlElement[] {
  const name = (template.split("/").at(-1) ?? "").replace(/\.xml$/i, "").toLowerCase();
  const make = (tag: string, attributes: Record<string, string>, ...children: XmlElement[]): XmlElement =>
    element(path, tag, attributes, children);
  const response = make("variable", { identifier: variable });
  const number = (value: string): XmlElement => ({ ...make("baseValue", { baseType: "float" }), children: [value] });
  const setScore = (value: XmlElement): XmlElement => make("setOutcomeValue", { identifier: "SCORE" }, value);
  const either = (test: XmlElement, then: XmlElement, otherwise: XmlElement): XmlElement[] => [
    make("responseCondition", {}, make("responseIf", {}, test, then), make("responseElse", {}, otherwise)),
  ];
  const isRight = make("match", {}, response, make("correct", { identifier: variable }));
  const mapped = make("mapResponse", { identifier: variable });
  switch (name) {
    case "match_correct":
      return either(isRight, setScore(number("1")), setScore(number("0")));
    case "cc2_match":
    case "cc2_match_basic":
      return either(isRight, setScore(make("variable", { identifier: "MAXSCORE" })), setScore(number("0")));
    case "map_response":
    case "cc2_map_response":
      return either(make("isNull", {}, response), setScore(number("0")), setScore(mapped));
    case "match_nothing":
      return either(make("isNull", {}, response), setScore(number("1")), setScore(number("0")));
    default:
      throw new Unsupported(path, `the response processing template ${template}`);
  }
}

function rulesOf(
  item: XmlElement,
  responses: ReadonlyMap<string, Declaration>,
): { rules: XmlElement[]; path: string } | null {
  const processing = childNamed(item, "responseProcessing");
  // No place in an item for outcome processing, but where one stands its meaning is plain.
  const outcome = childNamed(item, "outcomeProcessing");
  if (processing === undefined && outcome === undefined) return null;
  const path = (processing ?? outcome)?.path ?? item.path;
  const written = [...(processing ? elementsOf(processing) : []), ...(outcome ? elementsOf(outcome) : [])];
  const template = processing?.attributes.template ?? processing?.attributes.templateLocation;
  if (written.length > 0 || template === undefined) return { rules: written, path };
  const [first] = [...responses.keys()];
  const variable = responses.has("RESPONSE") || first === undefined ? "RESPONSE" : first;
  if (!responses.has("RESPONSE") && responses.size > 1) {
    throw new Unsupported(path, "a template for RESPONSE, which is not declared");
  }
  return { rules: templateRules(template, variable, path), path };
}

/** What an item's template rules leave behind: the values of its variables, and the correct responses they set. */
export interface TemplateValues {
  readonly variables: ReadonlyMap<string, Value>;
  readonly correct: ReadonlyMap<string, Value>;
}

/**
 * Runs the rules that come before an item is shown. What they set without chance is as fixed as if it were written down.
 *
 * @throws Unsupported where chance has a part in it
 */
export function runTemplate(item: XmlElement, templates: ReadonlyMap<string, Declaration>): TemplateValues {
  const variables = new Map<string, Value | Unsupported>(
    [...templates.values()].map((declaration) => [declaration.identifier, initialOutcome(declaration)]),
  );
  const correct = new Map<string, Value>();
  const scope = { declarations: templates, values: variables, wanted: "", budget: createBudget() };
  const run = (rules: readonly XmlElement[]): "exit" | "go-on" => {
    for (const rule of rules) {
      if (rule.name === "setCorrectResponse") {
        const [expression] = elementsOf(rule);
        if (expression) correct.set(rule.attributes.identifier ?? "", evaluate(expression, scope));
      } else if (rule.name === "templateCondition") {
        const branch = chosenBranch(rule, scope);
        if (run(branch) === "exit") return "exit";
      } else if (runRules([rule], scope) === "exit") return "exit";
    }
    return "go-on";
  };
  const processing = childNamed(item, "templateProcessing");
  run(processing ? elementsOf(processing) : []);
  const known = [...variables].map(([identifier, value]): [string, Value] => {
    if (value instanceof Unsupported) throw value;
    return [identifier, value];
  });
  return { variables: new Map(known), correct };
}

/**
 * @param declarations of responses, outcomes and template variables
 * @returns null where the item has no response processing at all
 * @throws Unsupported
 */
export function readProgram(
  item: XmlElement,
  declarations: {
    readonly responses: ReadonlyMap<string, Declaration>;
    readonly outcomes: ReadonlyMap<string, Declaration>;
    readonly templates: ReadonlyMap<string, Declaration>;
  },
  variables: ReadonlyMap<string, Value>,
): ResponseProgram | null {
  const { responses, outcomes, templates } = declarations;
  const all = new Map([...outcomes, ...templates, ...responses]);
  const score = outcomes.get("SCORE");
  if (score === undefined) {
    // The templates set SCORE whether or not the file declares it.
    all.set("SCORE", {
      identifier: "SCORE",
      cardinality: "single",
      baseType: "float",
      defaultValue: null,
      correct: null,
      mapping: null,
      path: item.path,
    });
  }
  const before = new Map<string, Value | Unsupported>();
  for (const declaration of all.values()) {
    before.set(declaration.identifier, responses.has(declaration.identifier) ? null : initialOutcome(declaration));
  }
  for (const [identifier, value] of variables) before.set(identifier, value);
  const read = rulesOf(item, responses);
  if (read === null) return null;
  const budget = createBudget();
  return {
    ...read,
    responses,
    outcomes,
    setsScore: mentions(
      read.rules,
      (rule) => rule.name === "setOutcomeValue" && rule.attributes.identifier === "SCORE",
    ),
    score: (given) => {
      const values = new Map([...before, ...given]);
      runRules(read.rules, { declarations: all, values, wanted: "SCORE", budget });
      const value = values.get("SCORE") ?? null;
      if (value instanceof Unsupported) throw value;
      const [item] = value?.items ?? [];
      // An outcome left NULL earns nothing.
      return isRational(item) ? item : rational(0);
    },
  };
}

export function mentions(rules: readonly XmlElement[], holds: (element: XmlElement) => boolean): boolean {
  return rules.some((rule) => holds(rule) || mentions(elementsOf(rule), holds));
}
