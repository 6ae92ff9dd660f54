import type { FormSetState } from "./form-set-rules.ts";
import { allLevels, type BankItem, type Interaction, type Skill, type StimulusBlock } from "./schema.ts";

interface Booklet {
  readonly formSetId: string;
  readonly name: string;
  readonly state: FormSetState;
  readonly label: string;
  readonly programme: string;
  readonly sections: readonly { readonly skill: Skill; readonly seconds: number }[];
}

/** Keys, transcripts and notes among it: for staff alone. */
export interface StaffBooklet extends Booklet {
  readonly items: readonly BankItem[];
}

/** What candidates may see of an item, named field by field: keys, transcripts and notes stay on the server. */
export type BookletItem =
  | {
      readonly skill: "reading";
      readonly title: string | null;
      readonly blocks: readonly StimulusBlock[];
      readonly interaction: Interaction;
    }
  | {
      readonly skill: "listening";
      readonly setting: string;
      readonly plays: number;
      readonly blocks: readonly StimulusBlock[];
      readonly interaction: Interaction;
    }
  | { readonly skill: "writing"; readonly task: Extract<BankItem, { skill: "writing" }>["content"] }
  | {
      readonly skill: "speaking";
      readonly prompt: string;
      readonly points: readonly string[];
      readonly prepareSeconds: number;
      readonly answerSeconds: number;
      /** Who speaks first, where somebody does. */
      readonly speaker: string | null;
      readonly picture: { readonly media: string; readonly alternative: string } | null;
    };

export interface CandidateBooklet extends Booklet {
  readonly items: readonly BookletItem[];
}

/** @throws for a task that no form of slots can hold. */
export function forCandidates(item: BankItem): BookletItem {
  switch (item.skill) {
    case "reading": {
      const { stimulus, interaction } = item.content;
      return { skill: "reading", title: stimulus.title ?? null, blocks: stimulus.blocks, interaction };
    }
    case "listening": {
      const { stimulus, interaction } = item.content;
      const { setting, plays, blocks = [] } = stimulus;
      return { skill: "listening", setting, plays, blocks, interaction };
    }
    case "writing":
      return { skill: "writing", task: item.content };
    case "speaking": {
      if (item.level === allLevels) throw new RangeError(`${item.id} is no task of a level`);
      const { prompt, points, prepareSeconds, answerSeconds, turn, picture } = item.content;
      return {
        skill: "speaking",
        ...{ prompt, points, prepareSeconds, answerSeconds },
        speaker: turn?.speaker ?? null,
        picture: picture ?? null,
      };
    }
  }
}
