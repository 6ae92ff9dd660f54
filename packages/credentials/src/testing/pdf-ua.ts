import { isDictionary, nameOf, type PdfDictionary, type PdfFile, PdfRef, parsePdf } from "./pdf-objects.ts";
import { checkContent, type MarkedPage } from "./pdf-ua-content.ts";
import { checkFonts } from "./pdf-ua-fonts.ts";
import { checkStructure } from "./pdf-ua-structure.ts";

/** A checkpoint of the Matterhorn Protocol 1.1 that a file does not pass, and where. */
export interface Finding {
  readonly checkpoint: string;
  readonly says: string;
}
export type Report = (checkpoint: string, says: string) => void;

/**
 * The machine checkpoints of the Matterhorn Protocol 1.1 (PDF Association 2021) that documents like ours can fail: one or more
 * pages of text, drawings, lists, tables and links, with embedded fonts, without forms, media, scripts or layers. What only a
 * person can judge, whether an alternative says what a picture shows, is not among them.
 */
export function checkPdfUa(bytes: Uint8Array): Finding[] {
  const findings: Finding[] = [];
  const report: Report = (checkpoint, says) => findings.push({ checkpoint, says });
  const file = parsePdf(bytes);
  const catalog = file.resolve(file.trailer.Root);
  if (!isDictionary(catalog)) throw new Error("the file has no catalog");
  checkDocument(file, catalog, report);
  const pages = pagesOf(file, catalog.Pages);
  const marked = pages.map((page): MarkedPage => ({ page, ...checkContent(file, page, report) }));
  checkStructure(file, catalog, marked, report);
  for (const page of pages) checkFonts(file, page, report);
  return findings;
}

function pagesOf(file: PdfFile, node: PdfDictionary[string] | undefined): PdfDictionary[] {
  const found = file.resolve(node);
  if (!isDictionary(found)) return [];
  if (nameOf(found.Type) === "Page") return [found];
  const kids = file.resolve(found.Kids);
  return Array.isArray(kids) ? kids.flatMap((kid) => pagesOf(file, kid)) : [];
}

function checkDocument(file: PdfFile, catalog: PdfDictionary, report: Report): void {
  const marks = file.resolve(catalog.MarkInfo);
  if (!isDictionary(marks) || marks.Marked !== true)
    report("06-004", "the catalog does not say that the file is marked");
  if (isDictionary(marks) && marks.Suspects === true) report("01-007", "the tags are called suspect");
  const xmp = file.stream(catalog.Metadata);
  if (xmp === null) report("06-001", "there is no XMP metadata");
  else {
    if (!/<pdfuaid:part>1<\/pdfuaid:part>|pdfuaid:part="1"/.test(xmp))
      report("06-002", "XMP does not say PDF/UA part 1");
    const title = /<dc:title>[\s\S]*?<rdf:li[^>]*>([^<]*)<\/rdf:li>/.exec(xmp)?.[1] ?? "";
    if (title.trim() === "") report("06-003", "XMP has no title");
  }
  const view = file.resolve(catalog.ViewerPreferences);
  if (!isDictionary(view) || view.DisplayDocTitle === undefined)
    report("07-001", "nothing says whether the title is shown");
  else if (view.DisplayDocTitle !== true) report("07-002", "the title is not shown");
  if (typeof catalog.Lang !== "string" || !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(catalog.Lang)) {
    report("11-006", "the document has no language");
  }
  const form = file.resolve(catalog.AcroForm);
  if (isDictionary(form) && form.XFA !== undefined) report("25-001", "there is an XFA form");
  if (file.trailer.Encrypt !== undefined) report("26-001", "the file is encrypted");
  for (const id of file.ids) {
    const spec = file.resolve(new PdfRef(id));
    if (!isDictionary(spec) || nameOf(spec.Type) !== "Filespec" || spec.EF === undefined) continue;
    if (typeof spec.F !== "string" || typeof spec.UF !== "string") report("21-001", "an attached file has no name");
  }
}
