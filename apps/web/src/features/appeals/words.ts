import type { getMyAppeals, listAppeals } from "@bandwise/core/results/appeal-queries";
import type { BadgeTone } from "@/ui/badge.tsx";

type AppealStatus = Awaited<ReturnType<typeof listAppeals>>["rows"][number]["status"];
type Fee = Awaited<ReturnType<typeof listAppeals>>["rows"][number]["fee"];
export type MyAppeals = Awaited<ReturnType<typeof getMyAppeals>>;

export const appealStates: Readonly<Record<AppealStatus, { label: string; tone: BadgeTone }>> = {
  asked: { label: "Asked for", tone: "accent" },
  marking: { label: "Being marked anew", tone: "accent" },
  marked: { label: "Another result waits for two admins", tone: "warn" },
  changed: { label: "Result replaced", tone: "ok" },
  unchanged: { label: "Result confirmed", tone: "ok" },
  withdrawn: { label: "Taken back", tone: "plain" },
  declined: { label: "Declined", tone: "plain" },
};

export const feeWords: Readonly<Record<Fee, string>> = {
  none: "no fee",
  due: "fee due",
  paid: "fee paid",
  waived: "fee waived",
};

/** “Writing and Speaking” */
export function skillList(skills: readonly string[]): string {
  return skills.map((skill) => skill.charAt(0).toUpperCase() + skill.slice(1)).join(" and ");
}

/** What the candidate reads of how it goes. */
export function statusForYou(status: AppealStatus): string {
  switch (status) {
    case "asked":
      return "We have your request. You can take it back until marking begins.";
    case "marking":
      return "A senior examiner who has not marked your answers before is marking them anew, without knowing the first marks.";
    case "marked":
      return "Your answers have been marked anew. What follows from it is being checked by two people.";
    case "changed":
      return "The re-mark has made another result, which replaces this one. Your old certificate says so.";
    case "unchanged":
      return "The re-mark confirms your bands and levels: your result and your certificate stand.";
    case "withdrawn":
      return "You took it back.";
    case "declined":
      return "It was declined:";
  }
}
