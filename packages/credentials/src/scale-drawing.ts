import { colors } from "./paper.ts";
import type { Sheet } from "./sheet.ts";

/** The line on which scores lie, from 0. */
export interface Scale {
  readonly noun: "Band" | "Score";
  readonly highest: number;
  /** Between two numerals of the ruler. */
  readonly every: number;
  /** Where each level ends; none where there are no levels. */
  readonly levels: readonly { readonly to: number; readonly label: string }[];
}

export interface Span {
  readonly low: string;
  readonly high: string;
}

/** Where a drawing stands on its page. */
interface Place {
  readonly from: number;
  readonly to: number;
  readonly top: number;
}

/** The ramp along a scale, from its first step to its last, and from which step a label turns light. */
const ramp = ["#e1f0f2", "#d1e7e9", "#bfdde1", "#a9d0d6", "#92c2c9", "#78b0b9", "#1c6975", "#013e48"] as const;
const firstDark = 6;

interface Step {
  readonly to: number;
  readonly label: string;
  readonly fill: string;
  readonly light: boolean;
}

/** A scale's levels, or where it has none a step for each numeral, spread over the ramp. */
function stepsOf({ highest, every, levels }: Scale): Step[] {
  const ends =
    levels.length > 0
      ? levels
      : Array.from({ length: highest / every }, (_, index) => ({ to: (index + 1) * every, label: "" }));
  return ends.map(({ to, label }, index) => {
    const place = ends.length === 1 ? ramp.length - 1 : Math.round((index * (ramp.length - 1)) / (ends.length - 1));
    return { to, label, fill: ramp[place] ?? ramp[0], light: place >= firstDark };
  });
}

/** What a drawing on a scale says to those who do not see it. */
function scaleWords(
  { noun, highest }: Scale,
  { score, cefr, range = null }: { score: string; cefr: string | null; range?: Span | null },
): string {
  const level = cefr === null ? "" : `, level ${cefr}`;
  const span = range === null ? "" : ` Score range ${range.low} to ${range.high}.`;
  return `${noun} ${score} on a scale from 0 to ${highest}${level}.${span}`;
}

/** The ruler of the look at a fixed size: value, pin, bracket of the range, track of levels with the held one marked, ticks, numerals. */
export function drawRuler(
  sheet: Sheet,
  { scale, score, cefr, range = null }: { scale: Scale; score: string; cefr: string | null; range?: Span | null },
  { from, to, top }: Place,
): void {
  const track = 24;
  const { highest, every } = scale;
  const x = (value: number) => from + ((to - from) * value) / highest;
  const alt = scaleWords(scale, { score, cefr, range });
  sheet.figure(alt, [from, top - 34, to, top + track + 22], () => {
    drawTrack(sheet, { scale, value: Number(score) }, { from, to, top }, track);
    let ticks = "";
    const numerals = highest / every;
    for (let half = 0; half <= 2 * numerals; half += 1) {
      const at = x((half / 2) * every) + (half === 0 ? 0.4 : half === 2 * numerals ? -0.4 : 0);
      ticks += `M${at.toFixed(2)} ${top + track}v${half % 2 === 0 ? 5 : 2.5}`;
    }
    sheet.stroke(ticks, colors.ink2, 0.75);
    for (let numeral = 0; numeral <= numerals; numeral += 1) {
      sheet.text(String(numeral * every), x(numeral * every), top + track + 16, {
        face: "ui",
        size: 8.5,
        color: colors.ink2,
        align: numeral === 0 ? "left" : numeral === numerals ? "right" : "center",
      });
    }
    if (range !== null && range.low !== range.high) {
      const [low, high] = [x(Number(range.low)).toFixed(2), x(Number(range.high)).toFixed(2)];
      sheet.stroke(`M${low} ${top - 2}V${top - 9.5}H${high}V${top - 2}`, colors.ink, 1.1);
    }
    const at = x(Number(score));
    const text = { face: "uiSemibold", size: 14, color: colors.ink } as const;
    const half = sheet.widthOf(score, text) / 2;
    sheet.text(score, Math.min(Math.max(at, from + half), to - half), top - 19, { ...text, align: "center" });
    sheet.stroke(`M${at.toFixed(2)} ${top - 14}V${top - 5}`, colors.ink, 1);
    sheet.fill(`M${(at - 4.5).toFixed(2)} ${top - 6}h9L${at.toFixed(2)} ${top}Z`, colors.ink);
  });
}

/** The levels of a scale side by side, the one that holds the value marked at its foot; labels where the track is high enough. */
export function drawTrack(
  sheet: Sheet,
  { scale, value }: { scale: Scale; value: number },
  { from, to, top }: Place,
  height: number,
): void {
  const { highest } = scale;
  const x = (at: number) => from + ((to - from) * at) / highest;
  let start = 0;
  for (const level of stepsOf(scale)) {
    const held = value > start && value <= level.to;
    // The gap of 1.5 points between levels shows the paper.
    const width = x(level.to) - x(start) - (level.to === highest ? 0 : 1.5);
    sheet.rect(x(start), top, width, height, level.fill);
    if (held) sheet.rect(x(start), top + height - 2.25, width, 2.25, level.light ? colors.labelLight : colors.ink);
    if (level.label !== "") {
      const label = { face: held ? "uiSemibold" : "ui", size: 9 } as const;
      const fits = sheet.widthOf(level.label, label) <= width - 1;
      sheet.text(level.label, x(start) + width / 2 + (level.to === highest ? -0.75 : 0), top + height / 2 + 3.3, {
        ...label,
        size: fits ? 9 : 7.5,
        color: level.light ? colors.labelLight : colors.labelDark,
        align: "center",
      });
    }
    start = level.to;
  }
}
