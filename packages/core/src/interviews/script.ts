import type { OpenContent } from "../bank/speaking-schema.ts";

/** The examiner's script of one interview, step by step. Pure, and the same in the browser as on the server. */

export type InterviewContent = Extract<OpenContent, { type: "interview" }>;

export const partNumbers = [1, 2, 3] as const;
export type PartNumber = (typeof partNumbers)[number];

export interface ScriptPart {
  readonly part: PartNumber;
  readonly title: string;
  readonly minSeconds: number;
  readonly maxSeconds: number;
}

export type StepKind =
  /** Words that are said as they stand. */
  | "say"
  | "question"
  /** The card lies before the candidate, who prepares. */
  | "prepare"
  /** The long turn: nobody else speaks. */
  | "speak";

export interface ScriptStep {
  readonly id: string;
  readonly part: PartNumber;
  readonly kind: StepKind;
  /** What the questions around it are about. */
  readonly topic: string;
  readonly text: string;
  readonly followUp: string | null;
  /** Only of a card's steps. */
  readonly minSeconds: number | null;
  readonly maxSeconds: number | null;
}

export interface InterviewScript {
  readonly title: string;
  readonly parts: readonly ScriptPart[];
  readonly steps: readonly ScriptStep[];
  readonly card: CueCard;
}

export interface CueCard {
  readonly topic: string;
  readonly points: readonly string[];
  readonly explain: string;
}

interface Scale {
  readonly prepareScale: number;
  readonly answerScale: number;
}

const partTitles: Readonly<Record<PartNumber, string>> = {
  1: "Introduction and interview",
  2: "Long turn",
  3: "Discussion",
};

const scaled = (seconds: number, scale: number): number => Math.max(2, Math.round(seconds * scale));

/** @param scale the programme's: a short one has the same shape with seconds for minutes. */
export function scriptOf(content: InterviewContent, scale: Scale): InterviewScript {
  const { part1, part2, part3 } = content;
  const parts = ([part1, part2, part3] as const).map((span, index): ScriptPart => {
    const part = partNumbers[index] ?? 1;
    return {
      part,
      title: partTitles[part],
      minSeconds: scaled(span.minSeconds, scale.answerScale),
      maxSeconds: scaled(span.maxSeconds, scale.answerScale),
    };
  });
  const step = (
    id: string,
    part: PartNumber,
    kind: StepKind,
    topic: string,
    text: string,
    more: { followUp?: string; minSeconds?: number; maxSeconds?: number } = {},
  ): ScriptStep => ({
    id,
    part,
    kind,
    topic,
    text,
    followUp: more.followUp ?? null,
    minSeconds: more.minSeconds ?? null,
    maxSeconds: more.maxSeconds ?? null,
  });
  const prepare = scaled(part2.prepareSeconds, scale.prepareScale);
  return {
    title: content.title,
    parts,
    card: part2.card,
    steps: [
      ...part1.opening.map((text, index) => step(`1.opening.${index}`, 1, "say", "Opening", text)),
      ...part1.frames.flatMap((frame, place) => [
        step(`1.${place}.lead`, 1, "say", frame.topic, frame.lead),
        ...frame.questions.map(({ ask, followUp }, index) =>
          step(`1.${place}.${index}`, 1, "question", frame.topic, ask, { followUp }),
        ),
      ]),
      step("2.lead", 2, "say", part2.card.topic, part2.lead),
      step("2.prepare", 2, "prepare", part2.card.topic, "Here is your topic. You may make notes.", {
        minSeconds: prepare,
        maxSeconds: prepare,
      }),
      step("2.speak", 2, "speak", part2.card.topic, "Would you start speaking now, please?", {
        minSeconds: scaled(part2.speakSeconds.min, scale.answerScale),
        maxSeconds: scaled(part2.speakSeconds.max, scale.answerScale),
      }),
      ...part2.roundingOff.map((text, index) => step(`2.after.${index}`, 2, "question", "Rounding off", text)),
      step("3.lead", 3, "say", "Discussion", part3.lead),
      ...part3.themes.flatMap((theme, place) =>
        theme.questions.map(({ ask, followUp }, index) =>
          step(`3.${place}.${index}`, 3, "question", theme.theme, ask, { followUp }),
        ),
      ),
      step("3.end", 3, "say", "End", "Thank you. That is the end of the interview."),
    ],
  };
}
