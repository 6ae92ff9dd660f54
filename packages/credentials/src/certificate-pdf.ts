import PDFDocument from "pdfkit";
import { drawCertificate } from "./certificate-drawing.ts";
import { prepareEastAsian } from "./east-asian-fonts.ts";
import { runsOf } from "./fonts.ts";
import { Sheet } from "./sheet.ts";

/** What is printed. Dates are calendar dates (`2026-03-02`), scores as their scheme writes them. */
export interface CertificateFacts {
  readonly code: string;
  readonly name: string;
  readonly awardingBody: string;
  readonly examination: string;
  /** “sat the IELP examination in four skills”. */
  readonly sat: string;
  readonly testedOn: string;
  readonly issuedOn: string;
  readonly validUntil: string;
  readonly scale: {
    readonly noun: "Band" | "Score";
    readonly highest: number;
    /** Between two numerals of the ruler. */
    readonly every: number;
    /** Where each level ends; none where there are no levels. */
    readonly levels: readonly { readonly to: number; readonly label: string }[];
  };
  readonly overall: {
    readonly score: string;
    readonly cefr: string | null;
    /** “Proficient user”. */
    readonly group: string | null;
    /** What the score or level means. */
    readonly meaning: string;
  };
  /** Sections or criteria, four at most. */
  readonly parts: readonly { readonly title: string; readonly score: string; readonly cefr: string | null }[];
  /** How the scores came about, in sentences for the small print. */
  readonly notes: readonly string[];
}

/**
 * The certificate as a tagged PDF (PDF/UA-1): one A4 page, fonts embedded as subsets, the same bytes for the same facts.
 * A name in a script that the fonts do not hold is not drawn as boxes: the page says where it stands in full, and the tag
 * carries it as text. Ask `unprintable(name)` beforehand to tell someone.
 */
export async function renderCertificate(
  facts: CertificateFacts,
  { verifyUrl, badge = null }: { readonly verifyUrl: string; readonly badge?: string | null },
): Promise<Uint8Array> {
  await prepareEastAsian(`${facts.name} ${facts.awardingBody}`);
  const at = new Date(`${facts.issuedOn}T00:00:00Z`);
  const document = new PDFDocument({
    size: "A4",
    layout: "landscape",
    margin: 0,
    pdfVersion: "1.7",
    // The types do not know this subset yet.
    ...({ subset: "PDF/UA" } as object),
    tagged: true,
    lang: "en-GB",
    displayTitle: true,
    // No default font: an unembedded Helvetica has no place in an accessible file.
    font: "",
    info: {
      Title: `Certificate of English Proficiency, ${facts.name}`,
      Author: facts.awardingBody,
      Subject: `${facts.examination}: overall ${scoreWords(facts)}. Code ${facts.code}`,
      Creator: "Bandwise",
      Producer: "Bandwise",
      CreationDate: at,
      ModDate: at,
    },
  });
  const chunks: Buffer[] = [];
  const finished = new Promise<Uint8Array>((resolve, reject) => {
    document.on("data", (chunk: Buffer) => chunks.push(chunk));
    document.on("end", () => resolve(Buffer.concat(chunks)));
    document.on("error", reject);
  });
  drawCertificate(new Sheet(document), facts, verifyUrl);
  if (badge !== null) {
    document.file(Buffer.from(badge), {
      name: "badge.json",
      type: "application/vc",
      description: "This certificate as an Open Badges 3.0 credential, signed by the awarding body",
      // As with the subset above: newer than the types.
      ...({ relationship: "Alternative" } as object),
      creationDate: at,
      modifiedDate: at,
    });
  }
  document.end();
  return finished;
}

/** “band 6.50, C1”, “band 6.5”. */
function scoreWords({ scale, overall }: CertificateFacts): string {
  return `${scale.noun.toLowerCase()} ${overall.score}${overall.cefr === null ? "" : `, ${overall.cefr}`}`;
}

/** Characters of a name that the certificate's fonts do not hold; empty when it can be printed as it is. */
export async function unprintable(name: string): Promise<string[]> {
  await prepareEastAsian(name);
  return runsOf("readLight", name).flatMap((run) => (run.file === null ? [run.text] : []));
}
