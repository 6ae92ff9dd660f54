import type { CommandContext } from "../kernel/context.ts";
import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { refuseDecision } from "./rules.ts";
import { approvalIdInput } from "./schema.ts";
import type { ApprovalKind } from "./steps.ts";

async function decide(context: CommandContext, approvalId: string, status: "approved" | "declined") {
  const { personId } = requirePerson(context.viewer);
  const approval = await context.tx.approval.findUnique({ where: { id: approvalId } });
  if (!approval) throw notFound("The request");
  const refusal = refuseDecision(approval, personId);
  if (refusal !== null) throw new AppError(approval.status === "open" ? "FORBIDDEN" : "CONFLICT", refusal);
  const { count } = await context.tx.approval.updateMany({
    where: { id: approvalId, status: "open" },
    data: { status, decidedById: personId, decidedAt: context.now },
  });
  if (count === 0) throw conflict();
  context.audit({
    subjectType: approval.subjectType,
    subjectId: approval.subjectId,
    detail: { approvalId, kind: approval.kind, requestedById: approval.requestedById },
  });
  return approval;
}

/** The kinds are handed in from above (`core/approvals.ts`): audit comes first among modules and knows none of theirs. */
export function defineApprove(kinds: Readonly<Record<string, ApprovalKind>>) {
  return defineCommand({
    name: "approveRequest",
    permission: "approval:decide",
    input: approvalIdInput,
    run: async (context, { approvalId }) => {
      const approval = await decide(context, approvalId, "approved");
      const kind = kinds[approval.kind];
      if (!kind) throw new Error(`no step is registered for approvals of kind ${approval.kind}`);
      await kind.step(context, approval);
      return { approvalId };
    },
  });
}

export const declineRequest = defineCommand({
  name: "declineRequest",
  permission: "approval:decide",
  input: approvalIdInput,
  run: async (context, { approvalId }) => {
    await decide(context, approvalId, "declined");
    return { approvalId };
  },
});

/** By whoever asked, while nobody has decided. */
export const withdrawRequest = defineCommand({
  name: "withdrawRequest",
  permission: "account:own",
  input: approvalIdInput,
  run: async (context, { approvalId }) => {
    const { personId } = requirePerson(context.viewer);
    const approval = await context.tx.approval.findFirst({ where: { id: approvalId, requestedById: personId } });
    if (!approval) throw notFound("The request");
    const { count } = await context.tx.approval.updateMany({
      where: { id: approvalId, status: "open" },
      data: { status: "withdrawn", decidedAt: context.now },
    });
    if (count === 0) throw conflict("This request has already been decided.");
    context.audit({
      subjectType: approval.subjectType,
      subjectId: approval.subjectId,
      detail: { approvalId, kind: approval.kind },
    });
    return { approvalId };
  },
});
