import { isDictionary, nameOf, type PdfDictionary, type PdfFile, PdfRef, type PdfValue } from "./pdf-objects.ts";
import type { Report } from "./pdf-ua.ts";
import type { MarkedPage } from "./pdf-ua-content.ts";

/** ISO 32000-1, 14.8.4. */
const standardTypes = new Set(
  (
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH " +
    "TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form"
  ).split(" "),
);

/** What each of these may hold; others may hold anything. */
const kidsOf: Readonly<Record<string, readonly string[]>> = {
  L: ["L", "LI", "Caption"],
  LI: ["Lbl", "LBody"],
  Table: ["TR", "THead", "TBody", "TFoot", "Caption"],
  THead: ["TR"],
  TBody: ["TR"],
  TFoot: ["TR"],
  TR: ["TH", "TD"],
};

/** What these must lie in. */
const parentsOf: Readonly<Record<string, readonly string[]>> = {
  LI: ["L"],
  LBody: ["LI"],
  TR: ["Table", "THead", "TBody", "TFoot"],
  TH: ["TR"],
  TD: ["TR"],
};

/** Which checkpoint a misplaced element fails. */
function placeCheckpoint(type: string): string {
  return ["L", "LI", "LBody", "Lbl"].includes(type) ? "09-005" : "09-004";
}

interface Element {
  readonly type: string;
  readonly object: PdfDictionary;
  readonly id: number;
  readonly elements: readonly Element[];
  readonly marks: readonly { page: PdfDictionary | null; mark: number }[];
  readonly annotations: readonly PdfDictionary[];
}

/** The tree of tags: types, headings, alternatives, lists, tables and links, and that it and the pages know of each other. */
export function checkStructure(
  file: PdfFile,
  catalog: PdfDictionary,
  pages: readonly MarkedPage[],
  report: Report,
): void {
  const root = file.resolve(catalog.StructTreeRoot);
  if (!isDictionary(root)) {
    report("01-005", "there is no tree of tags");
    return;
  }
  const roles = file.resolve(root.RoleMap);
  const tree = kidsOfNode(file, root, null, isDictionary(roles) ? roles : {});
  const all = flat(tree);
  for (const { type, object, elements } of all) {
    if (!standardTypes.has(type)) report("02-001", `${type} is no standard type and maps to none`);
    const allowed = kidsOf[type];
    for (const kid of elements) {
      if (allowed && !allowed.includes(kid.type)) report(placeCheckpoint(type), `${kid.type} lies in ${type}`);
      const parents = parentsOf[kid.type];
      if (parents && !parents.includes(type)) report(placeCheckpoint(kid.type), `${kid.type} lies in ${type}`);
    }
    if (type === "Figure" && !hasWords(object.Alt) && !hasWords(object.ActualText)) {
      report("13-004", "a figure has no words in its place");
    }
    if (type === "Formula" && !hasWords(object.Alt)) report("17-002", "a formula has no words in its place");
    if (type === "TH" && !/^(Row|Column|Both)$/.test(attributeOf(file, object, "Scope") ?? "")) {
      report("15-003", "a table's heading does not say what it heads");
    }
  }
  for (const { type } of tree) {
    if (parentsOf[type]) report(placeCheckpoint(type), `${type} lies in nothing`);
  }
  checkHeadings(all, report);
  checkMarks(file, root, all, pages, report);
  checkLinks(file, root, all, pages, report);
}

function hasWords(value: PdfValue | undefined): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function attributeOf(file: PdfFile, object: PdfDictionary, key: string): string | null {
  const given = file.resolve(object.A);
  const lists = Array.isArray(given) ? given.map((one) => file.resolve(one)) : [given];
  return lists.flatMap((list) => (isDictionary(list) ? (nameOf(list[key]) ?? []) : []))[0] ?? null;
}

function checkHeadings(all: readonly Element[], report: Report): void {
  const headings = all.map(({ type }) => type).filter((type) => /^H[1-6]?$/.test(type));
  if (headings.includes("H") && headings.some((type) => type !== "H"))
    report("14-007", "H and numbered headings are mixed");
  let last = 0;
  for (const level of headings.filter((type) => type !== "H").map((type) => Number(type.slice(1)))) {
    if (last === 0 && level !== 1) report("14-002", `the first heading is H${level}`);
    if (last > 0 && level > last + 1) report("14-003", `H${level} follows H${last}`);
    last = level;
  }
}

/** Each piece of a page belongs to one tag, each tag finds its pieces, and the way back leads to the same tag. */
function checkMarks(
  file: PdfFile,
  root: PdfDictionary,
  all: readonly Element[],
  pages: readonly MarkedPage[],
  report: Report,
): void {
  const numbers = numberTree(file, root.ParentTree);
  for (const { page, marks } of pages) {
    const owners = all.flatMap((element) =>
      element.marks.filter((mark) => mark.page === page).map(({ mark }) => ({ mark, element })),
    );
    const back = file.resolve(typeof page.StructParents === "number" ? numbers.get(page.StructParents) : undefined);
    for (const mark of marks) {
      const mine = owners.filter((owner) => owner.mark === mark);
      if (mine.length !== 1) report("01-005", `piece ${mark} belongs to ${mine.length} tags`);
      const entry = Array.isArray(back) ? back[mark] : undefined;
      if (!(entry instanceof PdfRef) || entry.id !== mine[0]?.element.id) {
        report("01-005", `piece ${mark} does not lead back to its tag`);
      }
    }
    for (const { mark } of owners)
      if (!marks.includes(mark)) report("01-005", `a tag names piece ${mark}, which is nowhere`);
  }
}

/** Links lie in a Link tag, say where they lead, lead back, and are reached in the order of the tags. */
function checkLinks(
  file: PdfFile,
  root: PdfDictionary,
  all: readonly Element[],
  pages: readonly MarkedPage[],
  report: Report,
): void {
  const numbers = numberTree(file, root.ParentTree);
  for (const { page } of pages) {
    const given = file.resolve(page.Annots);
    const annotations = Array.isArray(given) ? given.map((one) => file.resolve(one)).filter(isDictionary) : [];
    if (annotations.length > 0 && nameOf(page.Tabs) !== "S")
      report("28-008", "the order of tabs is not that of the tags");
    for (const annotation of annotations) {
      const subtype = nameOf(annotation.Subtype) ?? "";
      const owner = all.find((element) => element.annotations.includes(annotation));
      if (subtype === "Link" && owner?.type !== "Link") report("28-011", "a link lies in no Link tag");
      if (subtype !== "Link" && owner === undefined) report("28-002", `an annotation (${subtype}) lies in no tag`);
      if (!hasWords(annotation.Contents)) {
        report(subtype === "Link" ? "28-012" : "28-004", "a link or annotation does not say what it does");
      }
      const back = typeof annotation.StructParent === "number" ? numbers.get(annotation.StructParent) : undefined;
      if (!(back instanceof PdfRef) || back.id !== owner?.id)
        report("28-010", "an annotation does not lead back to its tag");
    }
  }
}

function flat(elements: readonly Element[]): Element[] {
  return elements.flatMap((element) => [element, ...flat(element.elements)]);
}

function kidsOfNode(
  file: PdfFile,
  node: PdfDictionary,
  page: PdfDictionary | null,
  roles: PdfDictionary,
): readonly Element[] {
  return listOf(file, node.K).flatMap((kid) => {
    const object = file.resolve(kid);
    return isDictionary(object) && object.S !== undefined ? [elementOf(file, kid, object, page, roles)] : [];
  });
}

function elementOf(
  file: PdfFile,
  reference: PdfValue,
  object: PdfDictionary,
  outer: PdfDictionary | null,
  roles: PdfDictionary,
): Element {
  const own = file.resolve(object.Pg);
  const page = isDictionary(own) ? own : outer;
  const given = nameOf(object.S) ?? "";
  const marks: { page: PdfDictionary | null; mark: number }[] = [];
  const annotations: PdfDictionary[] = [];
  for (const kid of listOf(file, object.K)) {
    if (typeof kid === "number") marks.push({ page, mark: kid });
    const found = file.resolve(kid);
    if (!isDictionary(found)) continue;
    const there = file.resolve(found.Pg);
    if (nameOf(found.Type) === "MCR" && typeof found.MCID === "number") {
      marks.push({ page: isDictionary(there) ? there : page, mark: found.MCID });
    }
    const annotation = nameOf(found.Type) === "OBJR" ? file.resolve(found.Obj) : null;
    if (isDictionary(annotation)) annotations.push(annotation);
  }
  return {
    type: standardTypes.has(given) ? given : (nameOf(roles[given]) ?? given),
    object,
    id: reference instanceof PdfRef ? reference.id : -1,
    elements: kidsOfNode(file, object, page, roles),
    marks,
    annotations,
  };
}

function listOf(file: PdfFile, value: PdfValue | undefined): readonly PdfValue[] {
  const found = value instanceof PdfRef ? file.resolve(value) : value;
  if (Array.isArray(found)) return found;
  return value === undefined || value === null ? [] : [value];
}

/** A number tree as a map; ours have one level, others may have more. */
function numberTree(file: PdfFile, node: PdfValue | undefined): Map<number, PdfValue> {
  const found = file.resolve(node);
  const map = new Map<number, PdfValue>();
  if (!isDictionary(found)) return map;
  const pairs = file.resolve(found.Nums);
  if (Array.isArray(pairs)) {
    for (let index = 0; index + 1 < pairs.length; index += 2) map.set(Number(pairs[index]), pairs[index + 1] ?? null);
  }
  const kids = file.resolve(found.Kids);
  if (Array.isArray(kids))
    for (const kid of kids) for (const [key, value] of numberTree(file, kid)) map.set(key, value);
  return map;
}
