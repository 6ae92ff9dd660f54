import type { CertificateFacts } from "./certificate-pdf.ts";
import { runsOf } from "./fonts.ts";
import { bare, colors, fitted, longDate } from "./paper.ts";
import { qrMatrix } from "./qr.ts";
import { drawRuler } from "./scale-drawing.ts";
import type { Sheet } from "./sheet.ts";

/** Ems between the letters of the name. */
const nameSpacing = -0.012;
const left = 60;
const right = 782;
/** In the order in which it is to be read; every position in points on a page of 842 × 595. */
export function drawCertificate(sheet: Sheet, facts: CertificateFacts, verifyUrl: string): void {
  sheet.artifact(() => drawGround(sheet));
  const body = fitted(sheet, facts.awardingBody, 480, "readSemibold", 15.5);
  sheet.tag("P", () => sheet.text(body.text, left, 65, { face: "readSemibold", size: body.size, color: colors.ink }));
  sheet.tag("H1", () =>
    sheet.text("Certificate of English Proficiency", right, 65, {
      face: "uiMedium",
      size: 11.5,
      color: colors.ink2,
      align: "right",
    }),
  );
  sheet.artifact(() => sheet.stroke(`M${left} 77.5H${right}`, colors.ink, 1));
  drawHolder(sheet, facts, verifyUrl);
  drawOverall(sheet, facts);
  drawParts(sheet, facts);
  drawFoot(sheet, facts, verifyUrl);
}

function drawGround(sheet: Sheet): void {
  sheet.rect(0, 0, sheet.width, sheet.height, colors.ground);
  const inset = 22.5;
  const width = sheet.width - 2 * inset;
  const bottom = sheet.height - inset;
  sheet.frame(inset, inset, width, sheet.height - 2 * inset, colors.accent, 0.75);
  let ticks = "";
  for (let index = 1; index < 100; index += 1) {
    const x = (inset + (width * index) / 100).toFixed(2);
    const length = index % 10 === 0 ? 8 : index % 5 === 0 ? 5.5 : 3;
    ticks += `M${x} ${inset}v${length}M${x} ${bottom}v-${length}`;
  }
  sheet.stroke(ticks, colors.accent, 0.6);
}

function drawHolder(sheet: Sheet, facts: CertificateFacts, verifyUrl: string): void {
  const italic = { face: "readItalic", size: 15, color: colors.ink2 } as const;
  sheet.tag("P", () => sheet.text("This is to certify that", left, 120, italic));
  if (runsOf("readLight", facts.name).some((run) => run.file === null)) {
    const lines = [
      "the person named on the verification page",
      `(the name is written in a script this document cannot print; it stands in full at ${bare(verifyUrl)})`,
    ] as const;
    sheet.tag(
      "H2",
      () => {
        sheet.text(lines[0], left, 155, { face: "readLight", size: 28, color: colors.ink });
        sheet.text(lines[1], left, 176, { face: "ui", size: 9.5, color: colors.ink3 });
      },
      { actual: facts.name },
    );
  } else {
    const { lines, size, baselines } = setName(sheet, facts.name.normalize("NFC").replace(/\s+/g, " ").trim());
    const draw = () => {
      for (const [index, line] of lines.entries()) {
        sheet.text(line, left, baselines[index] ?? 0, {
          face: "readLight",
          size,
          color: colors.ink,
          spacing: nameSpacing * size,
        });
      }
    };
    // What is drawn from right to left is told in the order of writing.
    const backwards = runsOf("readLight", facts.name).some((run) => run.file?.rtl);
    sheet.tag("H2", draw, backwards ? { actual: facts.name } : {});
  }
  sheet.tag("P", () => sheet.text(`${facts.sat} on ${longDate(facts.testedOn)} and reached`, left, 203, italic));
}

/** As large as fits on one line; a long name takes two, broken where they come out most alike. */
function setName(sheet: Sheet, name: string): { lines: string[]; size: number; baselines: number[] } {
  // Widths grow with the size: measured once.
  const widths = new Map<string, number>();
  const wide = (text: string, size: number) => {
    const width = widths.get(text) ?? sheet.widthOf(text, { face: "readLight", size: 100, spacing: nameSpacing * 100 });
    widths.set(text, width);
    return (width * size) / 100 <= right - left;
  };
  for (let size = 46; size >= 29; size -= 1) {
    if (wide(name, size)) return { lines: [name], size, baselines: [154 + size / 3] };
  }
  const words = name.split(" ");
  const breaks = words
    .slice(1)
    .map((_, index) => [words.slice(0, index + 1).join(" "), words.slice(index + 1).join(" ")]);
  const longest = (lines: readonly string[]) => Math.max(...lines.map((line) => line.length));
  const lines = breaks.sort((a, b) => longest(a) - longest(b))[0] ?? [name];
  let size = 25;
  while (size > 6 && !lines.every((line) => wide(line, size))) size -= 0.5;
  return { lines, size, baselines: lines.length === 1 ? [160] : [152, 152 + size * 1.12] };
}

function drawOverall(sheet: Sheet, { overall, scale }: CertificateFacts): void {
  const numeral = { face: "readSemibold", size: 76, spacing: -2.6 } as const;
  const group = { face: "ui", size: 10.5, color: colors.ink2 } as const;
  // Beside the numeral its level, or where there are no levels what it is a score of.
  const beside = overall.cefr ?? `of ${scale.highest}`;
  const under = overall.group ?? `Overall ${scale.noun.toLowerCase()}`;
  const levelX = left + Math.max(158, sheet.widthOf(overall.score, numeral) + 24);
  sheet.tag("P", () => {
    sheet.text(overall.score, left - 3, 291, { ...numeral, color: colors.ink });
    sheet.text(beside, levelX, 277, {
      face: "readSemibold",
      size: beside.length > 5 ? 17 : beside.length > 2 ? 24 : 31,
      color: colors.accent,
    });
    sheet.text(under, levelX, 293.5, group);
  });
  const from = Math.max(330, levelX + sheet.widthOf(under, group) + 18);
  drawRuler(sheet, { scale, ...overall }, { from, to: right, top: 271 });
}

function drawParts(sheet: Sheet, facts: CertificateFacts): void {
  const top = 333;
  const { parts, overall } = facts;
  // Titles of criteria are longer than those of skills: columns are as wide as the longest asks, within what leaves room beside.
  const title = { face: "ui", size: 10.5, color: colors.ink2 } as const;
  const widest = Math.max(...parts.map((part) => sheet.widthOf(shortTitle(part.title), title)));
  const column = Math.min(118, Math.max(97, widest + 24));
  sheet.artifact(() => {
    sheet.stroke(`M${left} ${top}H${right}M${left} ${top + 71}H${right}`, colors.line, 0.75);
    const rules = parts.map((_, index) => `M${left + column * (index + 1) - 12} ${top + 12.5}v46`);
    sheet.stroke(rules.join(""), colors.line, 0.75);
  });
  sheet.list(
    parts.map((part, index) => ({
      draw: () => {
        const x = left + column * index;
        sheet.text(shortTitle(part.title), x, top + 23, title);
        const figure = { face: "readSemibold", size: 20, color: colors.ink } as const;
        sheet.text(part.score, x, top + 47, figure);
        if (part.cefr === null) return;
        sheet.text(part.cefr, x + sheet.widthOf(part.score, figure) + 6, top + 47, {
          face: "ui",
          size: part.cefr.length > 5 ? 8 : 10.5,
          color: colors.ink2,
        });
      },
    })),
  );
  const meaningX = left + column * parts.length + 4;
  const reading = { face: "read", size: 11.5, color: colors.ink2 } as const;
  const lines = sheet.lines(overall.meaning, right - meaningX, reading);
  sheet.tag("P", () => {
    const first = top + (lines.length > 2 ? 17.5 : 23);
    const at = overall.cefr === "below A1" ? "Below A1" : `At ${overall.cefr ?? overall.score}`;
    sheet.text(at, meaningX, first, { face: "uiSemibold", size: 10, color: colors.accent });
    for (const [index, line] of lines.entries()) sheet.text(line, meaningX, first + 14.5 * (index + 1), reading);
  });
  const print = { face: "ui", size: 8, color: colors.ink3 } as const;
  const small = sheet.lines(facts.notes.join(" "), right - left, print);
  sheet.tag("P", () => {
    for (const [index, line] of small.entries()) sheet.text(line, left, top + 89 + 11 * index, print);
  });
}

/** “Fluency and coherence” under a numeral is “Fluency”: the scheme's first word says which criterion it is. */
function shortTitle(title: string): string {
  return title.split(/ (?:and |\()/)[0] ?? title;
}

function drawFoot(sheet: Sheet, facts: CertificateFacts, verifyUrl: string): void {
  const bottom = 552;
  const size = 82;
  const matrix = qrMatrix(verifyUrl);
  const module = size / matrix.length;
  sheet.figure("QR code that opens the verification page", [left, bottom - size, left + size, bottom], () => {
    let path = "";
    for (const [row, cells] of matrix.entries()) {
      for (let column = 0; column < cells.length; column += 1) {
        if (!cells[column]) continue;
        let run = 1;
        while (cells[column + run]) run += 1;
        const y = bottom - size + row * module;
        path += `M${(left + column * module).toFixed(3)} ${y.toFixed(3)}h${(run * module).toFixed(3)}v${module.toFixed(3)}h-${(run * module).toFixed(3)}z`;
        column += run - 1;
      }
    }
    sheet.fill(path, colors.ink);
  });
  const x = left + size + 14;
  sheet.tag("P", () =>
    sheet.text("Check this certificate", x, bottom - 36, { face: "uiSemibold", size: 10.5, color: colors.ink }),
  );
  const address = { face: "ui", size: 10, color: colors.accent } as const;
  const place = bare(verifyUrl.slice(0, verifyUrl.lastIndexOf("/")));
  const width = sheet.widthOf(place, address);
  sheet.link(
    verifyUrl,
    "Opens the verification page of this certificate",
    [x, bottom - 30, x + width, bottom - 16],
    () => {
      sheet.text(place, x, bottom - 20, address);
      sheet.stroke(`M${x} ${bottom - 18.2}h${width.toFixed(2)}`, colors.accent, 0.5);
    },
  );
  sheet.tag("P", () => sheet.text(facts.code, x, bottom - 3, { face: "code", size: 11.5, color: colors.ink }));
  const dates = [
    ["Issued", longDate(facts.issuedOn)],
    ["Valid until", longDate(facts.validUntil)],
  ] as const;
  for (const [index, [term, date]] of dates.entries()) {
    const y = bottom - 52 + 36 * index;
    sheet.tag("P", () => {
      sheet.text(term, 484, y, { face: "ui", size: 9.5, color: colors.ink3 });
      sheet.text(date, 484, y + 15, { face: "read", size: 12.5, color: colors.ink });
    });
  }
  sheet.artifact(() => sheet.stroke(`M612 ${bottom - 37}H${right}`, colors.ink, 0.9));
  sheet.tag("P", () => {
    const body = { face: "read", ...fitted(sheet, `For ${facts.awardingBody}`, right - 612, "read", 12.5) } as const;
    sheet.text(body.text, 612, bottom - 21, { ...body, color: colors.ink });
    sheet.text("Authorised signature", 612, bottom - 6, { face: "ui", size: 9.5, color: colors.ink3 });
  });
}
