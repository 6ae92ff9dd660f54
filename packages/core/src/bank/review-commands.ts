import type { Transaction } from "@bandwise/db/client";
import { creditFor } from "@bandwise/scoring/credit";
import { z } from "zod";
import { defineCommand } from "../kernel/define.ts";
import { conflict, notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { allowedAnswer } from "./answer-space.ts";
import { decideApproval, decideReview } from "./life-cycle-rules.ts";
import { reviewChecklist } from "./review-rules.ts";
import { itemKey, objectiveContent, review } from "./schema.ts";
import { lockVersion, moveVersion } from "./version-steps.ts";

const summary = z.string().trim().max(2000);
const signedReview = review.extend({ checklist: z.array(z.string().max(200)).max(20) });

/** A second person signs exactly this version. It waits in review until an admin puts it to use. */
export const approveVersion = defineCommand({
  name: "approveVersion",
  permission: "item:review",
  input: z.object({ versionId: z.uuid(), review: signedReview, summary: summary.default("") }),
  run: async (context, input) => {
    const version = await lockVersion(context, input.versionId);
    const decision = decideApproval(
      version,
      requirePerson(context.viewer).personId,
      { checklist: reviewChecklist(version), hasKey: version.hasKey },
      {
        ...input.review,
        solved: version.hasKey ? await isSolved(context.tx, version.id, input.review.solvedWithStimulus) : null,
        summary: input.summary,
      },
    );
    if (!decision.ok) throw conflict(decision.why);
    const checklist = JSON.parse(JSON.stringify(input.review));
    await context.tx.itemReview.create({
      data: {
        id: context.ids.uuid(),
        versionId: version.id,
        reviewerId: decision.signedBy,
        decision: "approve",
        checklist,
        summary: input.summary,
        at: version.nextReviewAt,
      },
    });
    // Travels with the item when it is exported.
    await context.tx.itemVersion.update({ where: { id: version.id }, data: { review: checklist } });
    context.audit({ subjectType: "item_version", subjectId: version.id, detail: { decision: "approve" } });
    return { itemId: version.itemId };
  },
});

/** Whether an answer earns full credit by the version's key; null where none was given. */
async function isSolved(tx: Transaction, versionId: string, answer: unknown): Promise<boolean | null> {
  if (answer === undefined || answer === null) return null;
  const version = await tx.itemVersion.findUniqueOrThrow({
    where: { id: versionId },
    select: { key: true, content: true },
  });
  const { interaction } = objectiveContent.parse(version.content);
  const { num, den } = creditFor(itemKey.parse(version.key), allowedAnswer(interaction, answer));
  return num === den;
}

/** Sends a version back to its author: it is a draft again, and says what to mend. */
export const returnVersion = defineCommand({
  name: "returnVersion",
  permission: "item:review",
  input: z.object({
    versionId: z.uuid(),
    checklist: z.array(z.string().max(200)).max(20).default([]),
    summary: summary.min(3, "say what to mend"),
  }),
  run: async (context, input) => {
    const version = await lockVersion(context, input.versionId);
    const decision = decideReview(version, requirePerson(context.viewer).personId);
    if (!decision.ok) throw conflict(decision.why);
    await context.tx.itemReview.create({
      data: {
        id: context.ids.uuid(),
        versionId: version.id,
        reviewerId: decision.signedBy,
        decision: "return",
        checklist: { checklist: input.checklist },
        summary: input.summary,
        at: version.nextReviewAt,
      },
    });
    await moveVersion(context, version, "return", { reason: input.summary, byId: decision.signedBy });
    return { itemId: version.itemId };
  },
});

/** A remark on one field of a version, from anybody who works on the bank. */
export const addComment = defineCommand({
  name: "addComment",
  permission: "item:read",
  input: z.object({
    versionId: z.uuid(),
    field: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .regex(/^[A-Za-z0-9_.:-]+$/, "must be a field of the item"),
    text: z.string().trim().min(2, "say what is wrong").max(2000),
  }),
  run: async (context, input) => {
    const version = await lockVersion(context, input.versionId);
    const id = context.ids.uuid();
    await context.tx.itemComment.create({
      data: {
        id,
        versionId: version.id,
        field: input.field,
        text: input.text,
        byId: requirePerson(context.viewer).personId,
        createdAt: context.now,
      },
    });
    context.audit({ subjectType: "item_version", subjectId: version.id, detail: { commentId: id } });
    return { itemId: version.itemId };
  },
});

/** Settles a remark: what it asked for was done, or was found not to be needed. */
export const resolveComment = defineCommand({
  name: "resolveComment",
  permission: "item:read",
  input: z.object({ commentId: z.uuid() }),
  run: async (context, { commentId }) => {
    const comment = await context.tx.itemComment.findUnique({
      where: { id: commentId },
      select: { version: { select: { id: true, itemId: true } } },
    });
    if (!comment) throw notFound("The comment");
    const settled = await context.tx.itemComment.updateMany({
      where: { id: commentId, resolvedAt: null },
      data: { resolvedAt: context.now, resolvedById: requirePerson(context.viewer).personId },
    });
    if (settled.count === 0) throw conflict("This comment is settled already.");
    context.audit({ subjectType: "item_version", subjectId: comment.version.id, detail: { commentId, settled: true } });
    return { itemId: comment.version.itemId };
  },
});
