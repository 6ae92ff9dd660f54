/** How a recorded conversation goes on: pure, so that it can be tested without a microphone. */

export type DialogueStep =
  | { readonly kind: "ready" }
  | { readonly kind: "read" }
  | { readonly kind: "turn"; readonly turn: number; readonly again: boolean }
  /** `pressed`: the partner has shown once that there should be more. */
  | { readonly kind: "answer"; readonly turn: number; readonly pressed: boolean }
  | { readonly kind: "keeping" }
  | { readonly kind: "done" };

/** Less speech than this is a cough or a chair. */
const silentBelowMs = 500;

/** What follows an answer: the partner reacts once to silence and once to few words, then goes on. */
export function afterAnswer(
  answer: { readonly turn: number; readonly pressed: boolean; readonly spokenMs: number },
  dialogue: { readonly turns: number; readonly belowSeconds: number | null },
): DialogueStep {
  const { turn, pressed, spokenMs } = answer;
  if (dialogue.belowSeconds !== null && !pressed) {
    if (spokenMs < silentBelowMs) return { kind: "turn", turn, again: true };
    if (spokenMs < dialogue.belowSeconds * 1000) return { kind: "answer", turn, pressed: true };
  }
  return turn + 1 < dialogue.turns ? { kind: "turn", turn: turn + 1, again: false } : { kind: "keeping" };
}

/** Where a page goes on that has come back: at the turn that was not answered yet. */
export function resumeAt(answered: number, turns: number): DialogueStep {
  return answered < turns ? { kind: "turn", turn: answered, again: false } : { kind: "keeping" };
}
