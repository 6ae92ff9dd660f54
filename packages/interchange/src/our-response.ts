import type { Part, Slot } from "./interactions.ts";
import { isRational, type Scalar, type Value } from "./response-values.ts";

/** A QTI value of one response variable as the exam page would send it; null for no answer. */
export function toOurs(slot: Slot, value: Value): unknown {
  if (value === null) return null;
  const texts = value.items.map(toText);
  switch (slot.kind) {
    case "choice":
      return named(slot.ids, texts[0] ?? "");
    case "choices":
    case "order":
      return texts.map((text) => named(slot.ids, text));
    case "text":
      return texts[0] ?? null;
    case "pairs":
      return Object.fromEntries(texts.map((text) => pairOf(slot, text)));
  }
}

/** Something the item does not offer keeps a name no option can have. */
function named(ids: ReadonlyMap<string, string>, identifier: string): string {
  return ids.get(identifier) ?? `unknown ${identifier}`;
}

/** Prompt and option of a pair, in our identifiers. A `pair` has no order, so either side may be the prompt. */
export function pairOf(slot: Extract<Slot, { kind: "pairs" }>, text: string): [prompt: string, option: string] {
  const [first = "", second = ""] = text.split(" ");
  const [prompt, option] = slot.promptFirst ? [first, second] : [second, first];
  if (slot.declaration.baseType === "pair" && !slot.prompts.has(prompt))
    return [named(slot.prompts, option), named(slot.options, prompt)];
  return [named(slot.prompts, prompt), named(slot.options, option)];
}

export function toText(item: Scalar): string {
  if (!isRational(item)) return String(item);
  return decimalText(item.num, item.den) ?? `${item.num}/${item.den}`;
}

/** Exact decimal notation where there is one. */
export function decimalText(num: bigint, den: bigint): string | null {
  let scale = 0;
  let power = 1n;
  while (power % den !== 0n) {
    scale += 1;
    power *= 10n;
    if (scale > 30) return null;
  }
  const digits = (num < 0n ? -num : num) * (power / den);
  const text = digits.toString().padStart(scale + 1, "0");
  return `${num < 0n ? "-" : ""}${text.slice(0, text.length - scale)}${scale > 0 ? `.${text.slice(text.length - scale)}` : ""}`;
}

export function partId(index: number): string {
  return `p${index + 1}`;
}

/** The whole item's response from one value per slot, in the order of parts and their slots. */
export function composeResponse(parts: readonly Part[], values: readonly Value[]): unknown {
  let next = 0;
  const responses = parts.map((part) => {
    const own = part.slots.map((slot) => ({ slot, value: values[next++] ?? null }));
    const [only] = own;
    if (only !== undefined && gapOf(only.slot) === undefined) return toOurs(only.slot, only.value);
    const gaps = own.flatMap(({ slot, value }) => (value === null ? [] : [[gapOf(slot) ?? "", toOurs(slot, value)]]));
    return gaps.length === 0 ? null : Object.fromEntries(gaps);
  });
  if (parts.length === 1) return responses[0] ?? null;
  return Object.fromEntries(
    responses.flatMap((response, index) => (response === null ? [] : [[partId(index), response]])),
  );
}

export function gapOf(slot: Slot): string | undefined {
  return slot.kind === "choice" || slot.kind === "text" ? slot.gap : undefined;
}
