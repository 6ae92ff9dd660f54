import { isDictionary, type PdfDictionary, type PdfFile, type PdfValue } from "./pdf-objects.ts";
import type { Report } from "./pdf-ua.ts";

export interface MarkedPage {
  readonly page: PdfDictionary;
  /** The numbers under which the tags find their pieces of this page. */
  readonly marks: readonly number[];
}

/** Operators that leave something to see. */
const painting = new Set(["Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "BI"]);

/** Every piece of a page is content of a tag or an artifact, never both and never neither. */
export function checkContent(file: PdfFile, page: PdfDictionary, report: Report): { marks: readonly number[] } {
  const contents: PdfValue[] = Array.isArray(page.Contents) ? [...page.Contents] : [page.Contents ?? null];
  const text = contents.map((part) => file.stream(part) ?? "").join("\n");
  const open: { artifact: boolean; mark: number | null }[] = [];
  const marks: number[] = [];
  let untagged = 0;
  for (const { operator, operands } of operationsOf(text)) {
    if (operator === "BDC" || operator === "BMC") {
      const artifact = /\/Artifact\b/.test(operands);
      const mark = /\/MCID\s+(\d+)/.exec(operands)?.[1];
      if (artifact && open.some((outer) => outer.mark !== null)) report("01-003", "an artifact lies inside a tag");
      if (mark !== undefined && open.some((outer) => outer.artifact)) report("01-004", "a tag lies inside an artifact");
      if (mark !== undefined && marks.includes(Number(mark))) report("01-005", `piece ${mark} is there twice`);
      open.push({ artifact, mark: mark === undefined ? null : Number(mark) });
      if (mark !== undefined) marks.push(Number(mark));
    } else if (operator === "EMC") {
      if (open.pop() === undefined) report("01-005", "a marked piece ends that never began");
    } else if (painting.has(operator) && !open.some(({ artifact, mark }) => artifact || mark !== null)) {
      untagged += 1;
    }
  }
  if (untagged > 0) report("01-005", `${untagged} pieces are neither content of a tag nor an artifact`);
  if (open.length > 0) report("01-005", "a marked piece does not end");
  for (const object of xObjectsOf(file, page)) {
    if (object.Ref !== undefined) report("30-001", "a picture is taken from another file");
  }
  return { marks };
}

function xObjectsOf(file: PdfFile, page: PdfDictionary): PdfDictionary[] {
  const resources = file.resolve(page.Resources);
  const objects = isDictionary(resources) ? file.resolve(resources.XObject) : null;
  return isDictionary(objects)
    ? Object.values(objects)
        .map((value) => file.resolve(value))
        .filter(isDictionary)
    : [];
}

/** Operators of a content stream with what stands before each; strings and names are skipped over whole. */
export function* operationsOf(text: string): Generator<{ operator: string; operands: string }> {
  const token = /\s*(\((?:\\[\s\S]|[^\\()])*\)|<<|>>|<[0-9A-Fa-f\s]*>|[[\]]|\/[^\s<>[\]()/]*|[^\s<>[\]()/]+)/y;
  let operands: string[] = [];
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const part = match[1] ?? "";
    if (/^[A-Za-z'"][A-Za-z0-9*'"]*$/.test(part) && part !== "true" && part !== "false" && part !== "null") {
      yield { operator: part, operands: operands.join(" ") };
      operands = [];
    } else {
      operands.push(part);
    }
  }
}
