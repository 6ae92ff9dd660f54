import type { Prisma } from "@bandwise/db/client";
import { sectionPlan } from "./rules.ts";
import { blueprint } from "./schema.ts";

export const centreSelect = { id: true, name: true, timeZone: true, address: true } as const;

export const programmeSelect = { id: true, name: true, title: true, blueprint: true } as const;

export const sittingFields = {
  id: true,
  startsAt: true,
  endsAt: true,
  capacity: true,
  bookBefore: true,
  changeBefore: true,
  cancelledAt: true,
  centre: { select: centreSelect },
} as const;

export function planOf(stored: unknown) {
  const { sections, title, scheme } = blueprint.parse(stored);
  return {
    title,
    scheme,
    sections: sections.map((section) => ({ skill: section.skill, ...sectionPlan(section) })),
  };
}

/** Places taken per sitting: everything but the cancelled ones. */
export const takenCount = {
  select: { attempts: { where: { status: { not: "cancelled" } } } },
} satisfies Prisma.SittingCountOutputTypeDefaultArgs;
