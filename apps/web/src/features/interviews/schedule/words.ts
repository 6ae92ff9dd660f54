import type { Stranding } from "@bandwise/core/interviews/overdue-queries";

const words: Readonly<Record<string, string>> = {
  booked: "Booked",
  checked_in: "Identified",
  in_progress: "Under way",
  submitted: "Marked by you",
  marking: "Being marked",
  marked: "Marked",
  released: "Released",
  no_show: "Not attended",
};

/** How a booked interview stands, as its examiner's list says it. */
export function bookingWords(status: string): string {
  return words[status] ?? status;
}

const strandings: Readonly<Record<Stranding, string>> = {
  "no-examiner": "The examiner may hold no interviews any more. The candidate has been told nothing.",
  "not-ended":
    "Begun and never ended. Ask the examiner to finish it in the console; if that cannot be, void the attempt and offer another time.",
  "not-marked":
    "Ended, and not marked in full. Ask the examiner to give the missing marks in the console; if that cannot be, void the attempt and offer another time.",
  "not-joined": "Final, and its sound is still being put together. If this stays, see whether the worker runs.",
  "in-review": "Stopped before its release.",
};

/** What is wrong with an interview that goes no further, and what to do about it. */
export function strandingWords(why: Stranding): string {
  return strandings[why];
}
