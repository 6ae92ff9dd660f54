import { rational } from "@bandwise/scoring/rational";
import { type FoundKey, findKey } from "./find-key.ts";
import type { Reading } from "./html-blocks.ts";
import type { Part } from "./interactions.ts";
import { toText } from "./our-response.ts";
import { type ResponseProgram, readProgram } from "./response-program.ts";
import { Unsupported } from "./response-values.ts";
import { isSeparable } from "./separable.ts";
import type { XmlElement } from "./xml.ts";

/**
 * The key: from the item's own rules where they become our scoring; where there are none that set SCORE, from the correct
 * responses it declares, all or nothing.
 */
export function keyFor(
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
