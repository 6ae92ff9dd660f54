import { axis, type Flow, leading, left, right } from "./flow.ts";
import { runsOf } from "./fonts.ts";
import { colors, fitted, longDate } from "./paper.ts";
import type { ReportBlock, ReportFacts, ReportSection } from "./report-pdf.ts";
import { drawTable } from "./report-table.ts";
import { drawRuler, type Scale, type Span } from "./scale-drawing.ts";
import { drawSteps, stepsHeight } from "./trace-drawing.ts";

const body = { face: "read", size: 10.5, color: colors.ink2 } as const;
const small = { face: "ui", size: 8, color: colors.ink3 } as const;
const label = { face: "uiSemibold", size: 9, color: colors.ink } as const;

export function drawReport(flow: Flow, facts: ReportFacts): void {
  drawHead(flow, facts);
  drawScores(flow, facts);
  for (const block of facts.meaning) drawBlock(flow, block, facts.scale);
  for (const section of facts.sections) drawSection(flow, section, facts.scale);
  const { sheet } = flow;
  sheet.everyPage((number, of) => {
    let ticks = "";
    for (let index = 0; index <= 100; index += 1) {
      const x = (left + ((right - left) * index) / 100).toFixed(2);
      ticks += `M${x} 26v${index % 10 === 0 ? 8 : index % 5 === 0 ? 5.5 : 3}`;
    }
    sheet.stroke(`${ticks}M${left} 26H${right}`, colors.accent, 0.6);
    sheet.stroke(`M${left} 796H${right}`, colors.line, 0.75);
    const foot = fitted(sheet, `${facts.examination} · attempt ${facts.reference}`, 400, "ui", 8.5);
    sheet.text(foot.text, left, 811, { face: "ui", size: foot.size, color: colors.ink3 });
    sheet.text(`Page ${number} of ${of}`, right, 811, { face: "ui", size: 8.5, color: colors.ink3, align: "right" });
  });
}

function drawHead(flow: Flow, facts: ReportFacts): void {
  const { sheet } = flow;
  const awarding = fitted(sheet, facts.awardingBody, 340, "readSemibold", 15);
  sheet.tag("P", () =>
    sheet.text(awarding.text, left, 64, { face: "readSemibold", size: awarding.size, color: colors.ink }),
  );
  sheet.tag("H1", () =>
    sheet.text("Result report", right, 64, { face: "uiMedium", size: 11.5, color: colors.ink2, align: "right" }),
  );
  flow.y = 76;
  flow.rule(colors.ink, 1);
  drawName(flow, facts.name.normalize("NFC").replace(/\s+/g, " ").trim());
  const at = [
    facts.examination,
    ...(facts.satOn === null ? [] : [`sat on ${longDate(facts.satOn)}`]),
    facts.centre,
    ...(facts.releasedOn === null ? [] : [`released on ${longDate(facts.releasedOn)}`]),
  ];
  flow.y = 128;
  flow.paragraph(at.join(", "), { face: "readItalic", size: 11, color: colors.ink2 }, { after: 8 });
  if (facts.warning === null) return;
  const words = { face: "uiMedium", size: 9.5, color: colors.ink } as const;
  const lines = flow.linesOf(facts.warning, right - left - 24, words);
  const high = lines.length * leading(words.size) + 14;
  sheet.artifact(() => {
    sheet.rect(left, flow.y, right - left, high, colors.sunken);
    sheet.rect(left, flow.y, 3, high, colors.ink);
  });
  sheet.tag("P", () => flow.setLines(lines, left + 14, flow.y + 6, words));
  flow.y += high + 8;
}

/** As on the certificate: large, from right to left where it is written so, and never as boxes. */
function drawName({ sheet }: Flow, name: string): void {
  const runs = runsOf("readLight", name);
  if (runs.some((run) => run.file === null)) {
    const draw = () => {
      sheet.text("The person named in the account", left, 108, { face: "readLight", size: 22, color: colors.ink });
      sheet.text("whose name is written in a script that this document cannot print", left, 121, {
        ...small,
        size: 8.5,
      });
    };
    sheet.tag("P", draw, { actual: name });
    return;
  }
  const wide = sheet.widthOf(name, { face: "readLight", size: 100 }) / 100;
  const size = Math.max(9, Math.min(30, (right - left) / wide));
  const draw = () => sheet.text(name, left, 112, { face: "readLight", size, color: colors.ink });
  sheet.tag("P", draw, runs.some((run) => run.file?.rtl) ? { actual: name } : {});
}

/** From the end of the axis to the levels beside it. */
const besideAxis = 6;

/** The overall score and its ruler, and beneath on the same axis every part with its range. */
function drawScores(flow: Flow, { scale, overall, parts }: ReportFacts): void {
  const { sheet } = flow;
  const top = flow.y + 40;
  // 100.00 takes more room than 6.50.
  const wide = sheet.widthOf(overall.score, { face: "readSemibold", size: 52, spacing: -1.8 });
  const size = Math.min(52, (52 * (axis.from - left - 8)) / wide);
  const numeral = { face: "readSemibold", size, spacing: (-1.8 * size) / 52, color: colors.ink } as const;
  const beside = overall.cefr ?? `of ${scale.highest}`;
  const under = overall.group ?? `Overall ${scale.noun.toLowerCase()}`;
  sheet.tag("P", () => {
    sheet.text(overall.score, left - 2, top + 22, numeral);
    const range = overall.range === null ? "" : `, ${spanText(overall.range)}`;
    sheet.text(`Overall ${scale.noun.toLowerCase()}${range}`, left, top + 38, { ...small, size: 8.5 });
  });
  drawRuler(sheet, { scale, ...overall }, { ...axis, top });
  sheet.tag("P", () => {
    const level = fitted(sheet, beside, right - axis.to - besideAxis, "readSemibold", beside.length > 5 ? 13 : 23);
    sheet.text(level.text, axis.to + besideAxis, top + 17, {
      face: "readSemibold",
      size: level.size,
      color: colors.accent,
    });
    const group = fitted(sheet, under, right - axis.to - besideAxis, "ui", 8.5);
    sheet.text(group.text, axis.to + besideAxis, top + 31, { face: "ui", size: group.size, color: colors.ink2 });
  });
  flow.y = top + 54;
  const heads = [
    { text: "", x: left, align: "left" },
    { text: scale.noun, x: axis.from - 14, align: "right" },
    {
      text: scale.levels.length > 0 && parts.some(({ cefr }) => cefr !== null) ? "Level" : "",
      x: axis.to + besideAxis,
      align: "left",
    },
    { text: "Range", x: right, align: "right" },
  ] as const;
  const score = { face: "readSemibold", size: 15, color: colors.ink } as const;
  const titleWidth = axis.from - 20 - left - Math.max(0, ...parts.map((part) => sheet.widthOf(part.score, score)));
  const type = { face: "ui", size: 8, color: colors.ink3 } as const;
  // A double level and its range stand side by side in what the axis leaves.
  const level = { face: "uiSemibold", size: 9.5, color: colors.accent } as const;
  const span = { face: "ui", size: 8.5, color: colors.ink2 } as const;
  const fit = Math.min(
    1,
    ...parts.map(({ cefr, range }) => {
      const wide = sheet.widthOf(cefr ?? "", level) + 5 + sheet.widthOf(rangeText(range), span);
      return (right - axis.to - besideAxis) / wide;
    }),
  );
  const shown = heads.filter(({ text }, index) => index === 0 || text !== "");
  sheet.table([
    {
      cells: shown.map(({ text, x, align }, index) => ({
        heads: "Column" as const,
        draw: () => sheet.text(index === 0 ? "Part" : text, x, flow.y + 8, { ...type, align }),
      })),
    },
    ...parts
      .map((part) => ({ ...part, lines: flow.linesOf(part.title, titleWidth, label) }))
      .map((part) => ({
        before: () => {
          flow.y += flow.isFresh ? 0 : 13;
          flow.rule();
          const middle = flow.y + 14;
          sheet.artifact(() => drawWhisker(flow, scale, part, middle));
          flow.y += 15;
        },
        cells: [
          {
            heads: "Row" as const,
            draw: () =>
              flow.setLines(part.lines, left, flow.y - 1 - (part.lines.length * leading(label.size)) / 2, label),
          },
          {
            draw: () => sheet.text(part.score, axis.from - 14, flow.y + 4.5, { ...score, align: "right" }),
          },
          ...(shown.some(({ text }) => text === "Level")
            ? [
                {
                  draw: () =>
                    sheet.text(part.cefr ?? "", axis.to + besideAxis, flow.y + 3, {
                      ...level,
                      size: level.size * fit,
                    }),
                },
              ]
            : []),
          {
            draw: () =>
              sheet.text(rangeText(part.range), right, flow.y + 3, {
                ...span,
                size: span.size * fit,
                align: "right",
              }),
          },
        ],
      })),
  ]);
  flow.y += 14;
  flow.rule();
  flow.y += 12;
}

function rangeText(range: Span | null): string {
  return range === null ? "none" : spanText(range);
}

function spanText({ low, high }: Span): string {
  return low === high ? low : `${low}–${high}`;
}

/** Gridlines where levels end, the range as a line, the score as a dot. */
function drawWhisker(
  { sheet }: Flow,
  scale: Scale,
  { score, range }: { score: string; range: Span | null },
  middle: number,
): void {
  const x = (value: number) => axis.from + ((axis.to - axis.from) * value) / scale.highest;
  const ends =
    scale.levels.length > 0
      ? scale.levels.map(({ to }) => to)
      : Array.from({ length: scale.highest }, (_, at) => at + 1);
  const grid = [0, ...ends].map((at) => `M${x(at).toFixed(2)} ${middle - 14}v28`).join("");
  sheet.stroke(grid, colors.line, 0.5);
  if (range !== null && range.low !== range.high) {
    const [low, high] = [x(Number(range.low)).toFixed(2), x(Number(range.high)).toFixed(2)];
    sheet.stroke(`M${low} ${middle}H${high}M${low} ${middle - 3.5}v7M${high} ${middle - 3.5}v7`, colors.accent, 1.5);
  }
  const at = x(Number(score));
  sheet.fill(`M${(at - 4).toFixed(2)} ${middle}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z`, colors.ink);
}

function drawSection(flow: Flow, section: ReportSection, scale: Scale): void {
  // A title never stands alone at the foot of a page, nor without the first of its drawings.
  const drawn = section.blocks.slice(0, 2).find((block) => block.kind === "steps");
  flow.need(drawn === undefined ? 120 : Math.min(700, 130 + stepsHeight(flow, drawn.steps)));
  if (!flow.isFresh) {
    flow.y += 6;
    flow.rule(colors.lineStrong);
    flow.y += 12;
  }
  flow.paragraph(section.title, { face: "readSemibold", size: 15, color: colors.ink }, { tag: "H2", after: 2 });
  if (section.intro !== null) flow.paragraph(section.intro, { face: "ui", size: 9, color: colors.ink2 }, { after: 8 });
  for (const block of section.blocks) drawBlock(flow, block, scale);
}

function drawBlock(flow: Flow, block: ReportBlock, scale: Scale): void {
  switch (block.kind) {
    case "text":
      drawText(flow, block);
      return;
    case "composites":
      drawComposites(flow, block.lines);
      return;
    case "shares":
      drawShares(flow, block.groups);
      return;
    case "entries":
      drawEntries(flow, block);
      return;
    case "table":
      drawTable(flow, block, { from: left, to: right, size: 9.5 });
      flow.y += 12;
      return;
    case "steps":
      // Together with their title where a page holds them.
      flow.need(Math.min(600, stepsHeight(flow, block.steps) + 20));
      if (block.title !== null) {
        flow.paragraph(block.title, { face: "readSemibold", size: 12, color: colors.ink }, { tag: "H3", after: 2 });
      }
      drawSteps(flow, block.steps, scale);
      return;
  }
}

function drawText(flow: Flow, { lead, text, small: isSmall }: Extract<ReportBlock, { kind: "text" }>): void {
  if (lead !== undefined) {
    flow.need(44);
    flow.paragraph(lead, { ...label, size: 9.5, color: colors.accent }, { after: 1 });
  }
  flow.paragraph(text, isSmall ? small : body, { after: isSmall ? 8 : 9 });
}

function drawComposites(
  flow: Flow,
  lines: readonly { readonly title: string; readonly percent: number; readonly of: string }[],
): void {
  const { sheet } = flow;
  flow.need(78);
  const column = (right - left + 18) / Math.max(1, lines.length);
  const width = column - 18;
  const top = flow.y + 4;
  sheet.artifact(() => {
    for (const [index, { percent }] of lines.entries())
      drawMeter(flow, left + column * index, top + 42, width, percent);
  });
  sheet.list(
    lines.map(({ title, percent, of }, index) => ({
      draw: () => {
        const x = left + column * index;
        sheet.text(title, x, top + 9, { face: "uiMedium", size: 9, color: colors.ink2 });
        sheet.text(`${percent} %`, x, top + 33, { face: "readSemibold", size: 20, color: colors.ink });
        flow.setLines(flow.linesOf(of, width, small), x, top + 50, small);
      },
    })),
  );
  flow.y = top + 78;
}

function drawMeter({ sheet }: Flow, x: number, y: number, width: number, percent: number): void {
  sheet.rect(x, y, width, 3.5, colors.line);
  if (percent > 0) sheet.rect(x, y, (width * Math.min(100, percent)) / 100, 3.5, colors.accent);
}

function drawShares(flow: Flow, groups: Extract<ReportBlock, { kind: "shares" }>["groups"]): void {
  const { sheet } = flow;
  const step = 27;
  const longest = Math.max(0, ...groups.map(({ lines }) => lines.length));
  flow.need(18 + step * longest);
  const column = (right - left + 20) / Math.max(1, groups.length);
  const width = column - 20;
  const top = flow.y;
  for (const [index, { title, lines }] of groups.entries()) {
    const x = left + column * index;
    sheet.tag("H3", () => sheet.text(title, x, top + 10, { ...label, size: 9.5 }));
    sheet.artifact(() => {
      for (const [place, { percent }] of lines.entries())
        drawMeter(flow, x, top + 35 + step * place, width - 36, percent);
    });
    sheet.list(
      lines.map(({ name, percent }, place) => ({
        draw: () => {
          const y = top + 28 + step * place;
          const fit = fitted(sheet, name, width, "ui", 9);
          sheet.text(fit.text, x, y, { face: "ui", size: fit.size, color: colors.ink2 });
          sheet.text(`${percent} %`, x + width, y + 11.5, { ...label, align: "right" });
        },
      })),
    );
  }
  flow.y = top + 18 + step * longest + 10;
}

function drawEntries(flow: Flow, { title, note, entries }: Extract<ReportBlock, { kind: "entries" }>): void {
  const { sheet } = flow;
  if (title !== null) {
    flow.need(70);
    flow.paragraph(title, { ...label, size: 10.5 }, { tag: "H3", after: 3 });
  }
  if (note !== null) flow.paragraph(note, body, { after: 5 });
  const words = left + 206;
  const type = { ...body, size: 10 } as const;
  sheet.list(
    entries.map((entry) => {
      const titles = flow.linesOf(entry.title, 194, label);
      const asides = flow.linesOf(entry.aside, 194, small);
      const texts = entry.paragraphs.map((paragraph) => flow.linesOf(paragraph, right - words, type));
      const beside = titles.length * leading(label.size) + asides.length * leading(small.size);
      const high = Math.max(beside, texts.flat().length * leading(type.size) + 3 * (texts.length - 1));
      let top = 0;
      return {
        before: () => {
          flow.need(high + 12);
          flow.rule();
          top = flow.y + 5;
          flow.y = top + high + 7;
        },
        draw: () => {
          flow.setLines(asides, left, flow.setLines(titles, left, top, label), small);
          let y = top - 0.75;
          for (const lines of texts) y = flow.setLines(lines, words, y, type) + 3;
        },
      };
    }),
  );
  flow.y += 6;
}
