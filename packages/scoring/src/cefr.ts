/** Single levels, lowest first. */
export const cefrLevels = ["A1", "A2", "B1", "B2", "C1", "C2"] as const;
export type CefrLevel = (typeof cefrLevels)[number];

/** Writing and speaking tasks are written for a level band. */
export const levelBands = ["A", "B", "C"] as const;
export type LevelBand = (typeof levelBands)[number];

/** What a score below every table is reported as. */
export const belowA1 = "below A1";

/** Single level or below: what `iet-speaking` reports. */
export type SingleLevel = CefrLevel | typeof belowA1;

/** A level as the `ielp` table prints it, double levels included. */
export type ReportedLevel = SingleLevel | "A1/A2" | "B1/B2";

/** The one level a filter or badge needs: of a double level the lower, secured one (scoring.md, 1, point 5). */
export function securedLevel(level: ReportedLevel): SingleLevel {
  if (level === "A1/A2") return "A1";
  return level === "B1/B2" ? "B1" : level;
}

/** B1 and above are "independent user" (scoring.md, 3). */
export function isIndependentUser(level: ReportedLevel): boolean {
  const secured = securedLevel(level);
  return secured !== belowA1 && cefrLevels.indexOf(secured) >= cefrLevels.indexOf("B1");
}
