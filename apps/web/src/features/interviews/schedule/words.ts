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
