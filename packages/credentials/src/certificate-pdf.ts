import { drawCertificate } from "./certificate-drawing.ts";
import { prepareEastAsian } from "./east-asian-fonts.ts";
import { runsOf } from "./fonts.ts";
import type { Scale } from "./scale-drawing.ts";
import { Sheet } from "./sheet.ts";
import { taggedPdf } from "./tagged-pdf.ts";

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
  readonly scale: Scale;
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
  return taggedPdf(
    {
      layout: "landscape",
      title: `Certificate of English Proficiency, ${facts.name}`,
      author: facts.awardingBody,
      subject: `${facts.examination}: overall ${scoreWords(facts)}. Code ${facts.code}`,
      at,
    },
    (document) => {
      drawCertificate(new Sheet(document), facts, verifyUrl);
      if (badge === null) return;
      document.file(Buffer.from(badge), {
        name: "badge.json",
        type: "application/vc",
        description: "This certificate as an Open Badges 3.0 credential, signed by the awarding body",
        // Newer than the types.
        ...({ relationship: "Alternative" } as object),
        creationDate: at,
        modifiedDate: at,
      });
    },
  );
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
