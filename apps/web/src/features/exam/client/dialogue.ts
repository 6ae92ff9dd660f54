/** How a recorded conversation goes on: pure, so that it can be tested without a microphone. */

export type DialogueStep =
  | { readonly kind: "ready" }
  | { readonly kind: "read" }
  | { readonly kind: "turn"; readonly turn: number; readonly again: boolean }
  /** `pressed`: the partner has shown once that there should be more. `asks`: in these words, or in those of the task. */
  | { readonly kind: "answer"; readonly turn: number; readonly pressed: boolean; readonly asks: string | null }
  /** The partner asks back aloud. */
  | { readonly kind: "asking"; readonly turn: number; readonly asks: string }
  /** The partner takes in what was said. */
  | { readonly kind: "hearing"; readonly turn: number }
  | { readonly kind: "keeping" }
  | { readonly kind: "done" };

/** Less speech than this is a cough or a chair. */
const silentBelowMs = 500;

/**
 * What follows an answer: the partner reacts once a turn, to silence, to few words, or to what was left out, then goes on.
 *
 * @param answer `asks`: what the partner asks back, where it could be told in time what was said
 */
export function afterAnswer(
  answer: {
    readonly turn: number;
    readonly pressed: boolean;
    readonly spokenMs: number;
    readonly asks: string | null;
  },
  dialogue: { readonly turns: number; readonly belowSeconds: number | null },
): DialogueStep {
  const { turn, pressed, spokenMs, asks } = answer;
  if (!pressed) {
    if (isShort(spokenMs, dialogue.belowSeconds)) {
      return spokenMs < silentBelowMs
        ? { kind: "turn", turn, again: true }
        : { kind: "answer", turn, pressed: true, asks: null };
    }
    if (asks !== null) return { kind: "answer", turn, pressed: true, asks };
  }
  return turn + 1 < dialogue.turns ? { kind: "turn", turn: turn + 1, again: false } : { kind: "keeping" };
}

/** Whether an answer leaves too little to go on, whatever it says. */
export function isShort(spokenMs: number, belowSeconds: number | null): boolean {
  return belowSeconds !== null && spokenMs < belowSeconds * 1000;
}

/** Where a page goes on that has come back: at the turn that was not answered yet. */
export function resumeAt(answered: number, turns: number): DialogueStep {
  return answered < turns ? { kind: "turn", turn: answered, again: false } : { kind: "keeping" };
}
