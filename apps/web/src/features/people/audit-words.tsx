import type { AuditRow } from "@bandwise/core/audit/queries";
import { formatShortDate, formatTime } from "@/ui/format.ts";

/** `releaseResults` → “Release results”. */
export function actionWords(action: string): string {
  const words = action
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll(/[-_.]/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function actorWords(row: Pick<AuditRow, "actorName" | "actorKind">): string {
  if (row.actorName !== null) return row.actorName;
  if (row.actorKind === "system") return "The system";
  if (row.actorKind === "exam") return "An exam page";
  return row.actorKind === "anonymous" ? "A visitor" : "Erased person";
}

/** “21 Nov 2026, 14:38”, one line in a dense table. */
export function momentWords(at: Date, timeZone: string): string {
  return `${formatShortDate(at, timeZone)}, ${formatTime(at, timeZone)}`;
}

export function detailWords(detail: AuditRow["detail"]): string {
  // A change is told from before to after, whatever the order in which it was written down.
  const { from, to, ...rest } = detail;
  return Object.entries({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...rest })
    .map(([key, value]) => `${key.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase()} ${valueWords(value)}`)
    .join(", ");
}

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(valueWords).join(" + ");
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  // The end of an id tells it apart; the whole of it only fills the line.
  return String(value)
    .trim()
    .replace(/^[a-z]+(_[a-z]+)+$/, (state) => state.replaceAll("_", " "))
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{19}([0-9a-f]{8})/g, "…$1");
}
