import type { CommandContext } from "../kernel/context.ts";
import { conflict } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";

/** What a registered step learns about the request it carries out. `viewer` in the context is the one who approves. */
export interface ApprovedRequest {
  readonly id: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly payload: unknown;
  readonly reason: string;
  readonly requestedById: string;
}

/** Does what was asked for, in the transaction of the approval. */
export type ApprovalStep = (context: CommandContext, request: ApprovedRequest) => Promise<void>;

/** How a kind of request reads in lists, and what happens on approval. */
export interface ApprovalKind {
  readonly title: string;
  readonly step: ApprovalStep;
}

/** Asks for an act that needs a second person. One open request per kind and subject. */
export async function requestApproval(
  context: CommandContext,
  request: {
    readonly kind: string;
    readonly subjectType: string;
    readonly subjectId: string;
    readonly payload: Readonly<Record<string, string | number | boolean | null>>;
    readonly reason: string;
  },
): Promise<{ approvalId: string }> {
  const { personId } = requirePerson(context.viewer);
  const { kind, subjectType, subjectId } = request;
  const open = await context.tx.approval.count({ where: { kind, subjectType, subjectId, status: "open" } });
  if (open > 0) throw conflict("This has been asked for already and waits for a decision.");
  const id = context.ids.uuid();
  await context.tx.approval.create({
    data: {
      id,
      kind,
      subjectType,
      subjectId,
      payload: { ...request.payload },
      reason: request.reason,
      requestedById: personId,
      requestedAt: context.now,
    },
  });
  context.audit({ subjectType, subjectId, action: "requestApproval", detail: { approvalId: id, kind } });
  return { approvalId: id };
}
