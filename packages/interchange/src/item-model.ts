import type { ResponseKey } from "@bandwise/scoring/response-key";

/**
 * An item on its way in or out: the shape of the bank's own files, known here by structure alone so that this package needs
 * nothing of the bank. Whoever takes an item in checks it by the bank's schema.
 */

export interface Option {
  readonly id: string;
  readonly text: string;
}

export type SimpleInteraction =
  | { readonly type: "choice"; readonly stem: string; readonly options: readonly Option[] }
  | {
      readonly type: "multiple-response";
      readonly stem: string;
      readonly options: readonly Option[];
      readonly choose: number;
    }
  | { readonly type: "text-entry"; readonly stem: string; readonly maxLength: number }
  | {
      readonly type: "matching";
      readonly stem: string;
      readonly prompts: readonly Option[];
      readonly options: readonly Option[];
    }
  | { readonly type: "ordering"; readonly stem: string; readonly elements: readonly Option[] }
  | { readonly type: "gap-fill"; readonly stem: string; readonly text: string; readonly options: readonly Option[] }
  | {
      readonly type: "inline-choice";
      readonly stem: string;
      readonly text: string;
      readonly gaps: readonly { readonly id: string; readonly options: readonly Option[] }[];
    }
  | {
      readonly type: "cloze";
      readonly stem: string;
      readonly text: string;
      readonly gaps: readonly { readonly id: string; readonly maxLength: number }[];
    }
  | { readonly type: "hottext"; readonly stem: string; readonly text: string; readonly choose: number };

export type Interaction =
  | SimpleInteraction
  | {
      readonly type: "composite";
      readonly stem: string;
      readonly parts: readonly { readonly id: string; readonly interaction: SimpleInteraction }[];
    };

export type Block =
  | { readonly type: "heading"; readonly text: string; readonly level?: 2 | 3 | 4 | undefined }
  | { readonly type: "paragraph"; readonly text: string }
  | { readonly type: "list"; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly type: "table"; readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | {
      readonly type: "image";
      readonly media: string;
      readonly alternative: string;
      readonly caption?: string | undefined;
    };

/** What is said in a recording, a turn a line. */
export interface Turn {
  readonly speaker: string;
  readonly voice: string;
  readonly text: string;
}

/** A turn that is a recording of its own. */
interface RecordedTurn extends Turn {
  readonly media: string;
  readonly durationSeconds: number;
}

export interface Monologue {
  readonly title: string;
  readonly prompt: string;
  readonly points: readonly string[];
  readonly prepareSeconds: number;
  readonly answerSeconds: number;
  readonly reRecord: boolean;
}

interface Picture {
  readonly media: string;
  readonly alternative: string;
}
interface Practice {
  readonly practice?: true | undefined;
}

interface Dialogue extends Practice {
  readonly type: "dialogue";
  readonly title: string;
  readonly prompt: string;
  readonly prepareSeconds: number;
  readonly turns: readonly (RecordedTurn & { readonly answerSeconds: number })[];
  readonly whenShort?: { readonly belowSeconds: number; readonly prompt: string } | undefined;
}

interface Span {
  readonly minSeconds: number;
  readonly maxSeconds: number;
}
export interface Question {
  readonly ask: string;
  readonly followUp: string;
}
export interface Interview {
  readonly type: "interview";
  readonly title: string;
  readonly part1: Span & {
    readonly opening: readonly string[];
    readonly frames: readonly {
      readonly topic: string;
      readonly lead: string;
      readonly questions: readonly Question[];
    }[];
  };
  readonly part2: Span & {
    readonly lead: string;
    readonly card: { readonly topic: string; readonly points: readonly string[]; readonly explain: string };
    readonly prepareSeconds: number;
    readonly speakSeconds: { readonly min: number; readonly max: number };
    readonly roundingOff: readonly string[];
  };
  readonly part3: Span & {
    readonly lead: string;
    readonly themes: readonly { readonly theme: string; readonly questions: readonly Question[] }[];
  };
}

export type SpokenContent =
  | (Monologue & {
      readonly type?: "task" | undefined;
      readonly turn?: RecordedTurn | undefined;
      readonly picture?: Picture | undefined;
    })
  | (Monologue & Practice & { readonly type: "introduction" | "opinion" })
  | (Monologue & Practice & { readonly type: "picture"; readonly picture: Picture })
  | Dialogue
  | Interview;

/** What an item is about, as far as the file says. */
export interface ItemMetadata {
  readonly skill?: string | undefined;
  readonly level?: string | undefined;
  readonly subSkill?: string | undefined;
  readonly topic?: string | undefined;
  readonly difficulty?: number | undefined;
  readonly anchor?: boolean | undefined;
}

export type Key = ResponseKey;

/** A picture or recording an item shows: its name in the bank, and the place it has in the package. */
export interface MediaReference {
  readonly name: string;
  readonly href: string;
}

export const findingLevels = ["warning", "rejected"] as const;

/** One thing to know about an item: where in its file, and what. `rejected` findings keep it out. */
export interface Finding {
  readonly level: (typeof findingLevels)[number];
  readonly path: string;
  readonly message: string;
}
