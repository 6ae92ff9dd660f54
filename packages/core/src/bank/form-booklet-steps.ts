import type { PrismaClient, Transaction } from "@bandwise/db/client";
import { z } from "zod";
import { notFound } from "../kernel/errors.ts";
import { type FormSetState, formSetState } from "./form-set-rules.ts";
import { allLevels, type BankItem, type Interaction, type Skill, type StimulusBlock, skills } from "./schema.ts";
import { storedItem, storedItemColumns } from "./stored-item.ts";

/** As much of a blueprint as a printed form says: how long a section takes, and how a task's own times are stretched. */
const printedBlueprint = z.object({
  sections: z.array(z.object({ skill: z.enum(skills), seconds: z.number() })),
  speaking: z.object({ prepareScale: z.number(), answerScale: z.number() }),
});

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

/** What is printed of a form, key and all. Times of speaking tasks are those of the programme. */
export async function readBooklet(
  db: PrismaClient | Transaction,
  formSetId: string,
  formId: string,
): Promise<StaffBooklet> {
  const form = await db.fixedForm.findFirst({
    where: { id: formId, setId: formSetId },
    select: {
      label: true,
      set: {
        select: {
          name: true,
          publishedAt: true,
          retiredAt: true,
          programme: { select: { title: true, blueprint: true } },
        },
      },
      items: {
        orderBy: [{ skill: "asc" }, { position: "asc" }],
        select: { item: { select: { slug: true } }, itemVersion: { select: storedItemColumns } },
      },
    },
  });
  if (!form) throw notFound("This form");
  const { programme, name, ...dates } = form.set;
  const { sections, speaking } = printedBlueprint.parse(programme.blueprint);
  return {
    formSetId,
    name,
    state: formSetState(dates),
    label: form.label,
    programme: programme.title,
    sections,
    items: form.items.map(({ item, itemVersion }) => inProgrammeTime(storedItem(item.slug, itemVersion), speaking)),
  };
}

function inProgrammeTime(item: BankItem, scale: z.infer<typeof printedBlueprint>["speaking"]): BankItem {
  if (item.skill !== "speaking" || item.level === allLevels) return item;
  const { prepareSeconds, answerSeconds } = item.content;
  return {
    ...item,
    content: {
      ...item.content,
      prepareSeconds: Math.max(2, Math.round(prepareSeconds * scale.prepareScale)),
      answerSeconds: Math.max(2, Math.round(answerSeconds * scale.answerScale)),
    },
  };
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
