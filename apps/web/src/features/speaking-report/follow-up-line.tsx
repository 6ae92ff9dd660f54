import type { FollowUp } from "@bandwise/core/delivery/rules";

const why: Readonly<Record<FollowUp["rule"], string>> = {
  again: "after silence",
  short: "after a short answer",
  cue: "as something expected was not heard",
  model: "a language model’s question",
};

/** What came between the turns of a conversation: what the speaker answered to. */
export function FollowUpLine({ speaker, followUp: { rule, words } }: { speaker: string; followUp: FollowUp }) {
  return (
    <p className="text-ink-2">
      {words === null ? `${speaker}: the turn was heard again` : `${speaker}: “${words}”`}
      <span className="text-ink-3"> ({why[rule]})</span>
    </p>
  );
}
