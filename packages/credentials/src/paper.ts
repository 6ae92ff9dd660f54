import type { FaceName } from "./font-files.ts";
import { runsOf } from "./fonts.ts";
import type { Sheet } from "./sheet.ts";

// What every printed page of ours shares: the light tokens of the look as sRGB (paper is always light), dates, fitting text.

export const colors = {
  ground: "#fefdfb",
  sunken: "#f1efea",
  line: "#dcd9d3",
  lineStrong: "#8a847a",
  ink: "#221d17",
  ink2: "#4e4841",
  ink3: "#68625b",
  accent: "#0d5561",
  accentSoft: "#e3edef",
  labelDark: "#0b2227",
  labelLight: "#f9fdfd",
} as const;

const dateFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** “2 March 2026” */
export function longDate(date: string): string {
  return dateFormat.format(new Date(`${date}T00:00:00Z`));
}

/** An address as people say it, without the protocol. */
export function bare(url: string): string {
  return url.replace(/^https?:\/\//, "");
}

/** Without the characters that the fonts lack. */
export function printable(face: FaceName, text: string): string {
  return runsOf(face, text)
    .flatMap((run) => (run.file === null ? [] : [run.text]))
    .join("");
}

/** As large as fits between `size` and 8 points, then cut at the end; what the fonts lack is left out. */
export function fitted(
  sheet: Sheet,
  text: string,
  width: number,
  face: FaceName,
  size: number,
): { text: string; size: number } {
  const whole = printable(face, text);
  const wide = (candidate: string, points: number) => sheet.widthOf(candidate, { face, size: points }) <= width;
  for (let points = size; points >= 8; points -= 0.5) {
    if (wide(whole, points)) return { text: whole, size: points };
  }
  let kept = whole;
  while (kept !== "" && !wide(`${kept}…`, 8)) kept = kept.slice(0, -1);
  return { text: `${kept.trimEnd()}…`, size: 8 };
}
