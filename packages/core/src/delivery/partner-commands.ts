import { z } from "zod";
import type { Context } from "../kernel/context.ts";
import { defineCommand } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { openItem } from "./open-item.ts";
import { hearTurn } from "./partner-queries.ts";
import { type hearTurnInput, turnInput } from "./schema.ts";

const reply = z.discriminatedUnion("rule", [
  /** The prompt of the task, which the page shows by itself. */
  z.strictObject({ rule: z.literal("short") }),
  z.strictObject({ rule: z.enum(["cue", "model"]), words: z.string().min(1).max(500), saidBy: z.string().nullable() }),
]);

/** Keeps what the partner of a conversation asked back: once a turn, and the first stays. */
export const keepPartnerReply = defineCommand({
  name: "keepPartnerReply",
  permission: "attempt:sit",
  audit: "ledger",
  input: turnInput.extend({ reply }),
  run: async ({ tx, viewer, now }, { attemptId, attemptItemId, turn, reply }) => {
    const { content } = await openItem(tx, viewer, { attemptId, attemptItemId });
    const words = reply.rule === "short" ? content.whenShort?.prompt : reply.words;
    if (content.turns?.[turn] === undefined || words === undefined) throw notFound("This turn");
    const { rule } = reply;
    const saidBy = reply.rule === "short" ? null : reply.saidBy;
    await tx.partnerReply.createMany({
      data: { attemptItemId, turn, rule, words, saidBy, saidAt: now },
      skipDuplicates: true,
    });
    const kept = await tx.partnerReply.findUniqueOrThrow({
      where: { attemptItemId_turn: { attemptItemId, turn } },
      select: { rule: true, words: true },
    });
    return kept;
  },
});

/**
 * What the partner asks back after the answer to a turn, kept before it is asked: an examiner must learn what was answered. Asked
 * outside of any transaction, for services elsewhere take seconds. `sound`: MP3 in base 64, where the words are spoken.
 *
 * @param gone the page waits no more: what it will not show was not asked
 */
export async function answerTurn(
  context: Context,
  input: z.input<typeof hearTurnInput>,
  gone?: AbortSignal,
): Promise<{ asks: string | null; sound: string | null }> {
  const { attemptId, attemptItemId, turn } = input;
  const given = await hearTurn(context, input);
  if (given === null || gone?.aborted) return { asks: null, sound: null };
  const { sound, ...reply } = given;
  const kept = await keepPartnerReply(context, { attemptId, attemptItemId, turn, reply });
  const same = kept.words === reply.words;
  return { asks: kept.words, sound: same && sound ? Buffer.from(sound).toString("base64") : null };
}
