import type { Transaction } from "@bandwise/db/client";
import { z } from "zod";
import { conflict } from "../kernel/errors.ts";
import { contentHash } from "../kernel/hash.ts";
import { stimulusOf } from "./relation-rules.ts";
import type { BankItem } from "./schema.ts";

const sharedStimulus = z.object({ stimulus: z.unknown() });

/**
 * Items of a set have one text: a version of one of them alone keeps it, whoever writes it and however it comes in.
 *
 * @throws CONFLICT where the item shares its text with others and the new version has another
 */
export async function requireSharedText(tx: Transaction, itemId: string, item: BankItem): Promise<void> {
  const { set, versions } = await tx.item.findUniqueOrThrow({
    where: { id: itemId },
    select: {
      set: { select: { title: true, items: { where: { id: { not: itemId } }, select: { id: true }, take: 1 } } },
      versions: {
        where: { status: { not: "retired" } },
        orderBy: { version: "desc" },
        take: 1,
        select: { content: true },
      },
    },
  });
  const [newest] = versions;
  if (!set || set.items.length === 0 || !newest) return;
  if (contentHash(sharedStimulus.parse(newest.content).stimulus) !== contentHash(stimulusOf(item))) {
    throw conflict(
      `This item shares its text with the set “${set.title}”: change it for the whole set, or take the item out of the set first.`,
    );
  }
}
