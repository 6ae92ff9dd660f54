import type { SpokenTask } from "@bandwise/core/delivery/exam-content";
import type { PartnerReply } from "./client/api.ts";
import type { Take } from "./client/recorder.ts";

export type Monologue = Extract<SpokenTask, { kind: "monologue" }>;
export type Dialogue = Extract<SpokenTask, { kind: "dialogue" }>;

/** What a speaking task needs of the place it is held in: an exam, or practice. */
export interface SpeakingPlace {
  readonly position: number;
  readonly total: number;
  readonly stream: MediaStream | null;
  /** Answered before this page was opened, or in it. */
  readonly answered: boolean;
  readonly takesMade: number;
  /** Plays of the partner's turns that have begun. */
  readonly plays: readonly number[];
  /** What the partner has asked back before this page was opened, by turn. */
  readonly asked: readonly { readonly turn: number; readonly rule: string; readonly words: string }[];
  readonly timeUp: boolean;
  /** Everything recorded has arrived. */
  readonly stored: boolean;
  readonly pictureUrl: string;
  /** What the button after the last step of a task says. */
  readonly continueWords: string;
  /** The sound of a play, or null where it has been played as often as it may be. */
  playTurn(number: number): Promise<Blob | null>;
  /** What the partner asks back after hearing the answer to a turn, or null. @throws where it is not known in time. */
  hearTurn(turn: number, samples: ArrayBuffer): Promise<PartnerReply | null>;
  /** The prompt for short answers is shown: whoever hears the answer should know. */
  tellPrompted(turn: number): void;
  /**
   * @param turns 0 for a dialogue, null for a task that is answered in one go.
   * @returns null for a dialogue that was begun where this page cannot go on with it.
   */
  openTake(take: number, turns: number | null): Promise<Take | null>;
  onContinue(): void;
}

/** Plays a sound to its end. @throws where it cannot be played. */
export async function playToEnd(sound: Blob, onEnded: () => void): Promise<void> {
  const url = URL.createObjectURL(sound);
  const audio = new Audio(url);
  audio.onended = () => {
    URL.revokeObjectURL(url);
    onEnded();
  };
  await audio.play();
}

/** Longer than any question a partner may ask. */
const longestReplyMs = 20_000;

/** Plays what can be read as well: over at its end, and where it cannot be played at once. */
export function playOrSkip(sound: Blob): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, longestReplyMs);
    playToEnd(sound, resolve).catch(() => resolve());
  });
}
