import type { ResponseProgram } from "./response-program.ts";
import { elementsOf, type XmlElement } from "./xml.ts";

/**
 * Whether SCORE is a sum to which each response adds its share on its own: then comparing share by share compares all
 * combinations, of which there may be too many to try. Each rule may look at one response only and change SCORE only by
 * adding to it; outcomes of one rule may be read by rules on the same response, and be summed up at the end.
 */
export function isSeparable({ rules, responses }: ResponseProgram): boolean {
  /** Which response each outcome depends on. */
  const owners = new Map<string, string>();
  const ownerOf = (rule: XmlElement): Set<string> => {
    const found = new Set<string>();
    for (const identifier of identifiersIn(rule)) {
      if (responses.has(identifier)) found.add(identifier);
      else if (identifier !== "SCORE") {
        const owner = owners.get(identifier);
        if (owner !== undefined) found.add(owner);
      }
    }
    return found;
  };
  for (const rule of rules) {
    if (isTotal(rule, responses)) continue;
    const read = ownerOf(rule);
    if (read.size > 1 || !addsOnly(rule) || hasExit(rule)) return false;
    const [owner] = read;
    for (const outcome of writtenIn(rule)) {
      if (outcome === "SCORE") continue;
      if (owners.has(outcome) && owners.get(outcome) !== owner) return false;
      if (owner !== undefined) owners.set(outcome, owner);
    }
  }
  return true;
}

function identifiersIn(element: XmlElement): string[] {
  const own = element.attributes.identifier;
  return [...(own === undefined ? [] : [own]), ...elementsOf(element).flatMap(identifiersIn)];
}

function writtenIn(element: XmlElement): string[] {
  const own = element.name.startsWith("set") ? [element.attributes.identifier ?? ""] : [];
  return [...own, ...elementsOf(element).flatMap(writtenIn)];
}

function hasExit(element: XmlElement): boolean {
  return element.name.startsWith("exit") || elementsOf(element).some(hasExit);
}

/** `SCORE = sum(SCORE, …)` with SCORE nowhere else. */
function addsOnly(element: XmlElement): boolean {
  if (element.attributes.identifier !== "SCORE") return elementsOf(element).every(addsOnly);
  if (element.name !== "setOutcomeValue") return false;
  const [sum] = elementsOf(element);
  if (sum?.name !== "sum") return false;
  const operands = elementsOf(sum);
  const own = operands.filter(({ name, attributes }) => name === "variable" && attributes.identifier === "SCORE");
  return (
    own.length === 1 &&
    operands.filter((operand) => !own.includes(operand)).every((operand) => !identifiersIn(operand).includes("SCORE"))
  );
}

/** `SCORE = sum(SCORE_1, SCORE_2, …)`, the outcomes each filled by their own response. */
function isTotal(rule: XmlElement, responses: ResponseProgram["responses"]): boolean {
  const [sum] = elementsOf(rule);
  return (
    rule.name === "setOutcomeValue" &&
    rule.attributes.identifier === "SCORE" &&
    sum?.name === "sum" &&
    elementsOf(sum).every(({ name, attributes }) => name === "variable" && !responses.has(attributes.identifier ?? ""))
  );
}
