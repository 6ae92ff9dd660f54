import type { PrismaClient, Transaction } from "@bandwise/db/client";
import { z } from "zod";
import { notFound } from "../kernel/errors.ts";
import type { StaffBooklet } from "./form-booklet.ts";
import { formSetState } from "./form-set-rules.ts";
import { allLevels, type BankItem, skills } from "./schema.ts";
import { storedItem, storedItemColumns } from "./stored-item.ts";

/** As much of a blueprint as a printed form says: how long a section takes, and how a task's own times are stretched. */
const printedBlueprint = z.object({
  sections: z.array(z.object({ skill: z.enum(skills), seconds: z.number() })),
  speaking: z.object({ prepareScale: z.number(), answerScale: z.number() }),
});

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
