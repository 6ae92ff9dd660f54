import { z } from "zod";
import { pageInput } from "../kernel/page.ts";

export const listAuditInput = pageInput.extend({
  action: z.string().trim().max(80).default(""),
  subjectType: z.string().trim().max(40).default(""),
  subjectId: z.string().trim().max(80).default(""),
  actorId: z.uuid().optional(),
});
export const approvalStatuses = ["open", "approved", "declined", "withdrawn"] as const;
export const listApprovalsInput = pageInput.extend({ status: z.enum(approvalStatuses).default("open") });
export const approvalIdInput = z.object({ approvalId: z.uuid() });
export const subjectInput = z.object({ subjectType: z.string().max(40), subjectId: z.string().max(80) });
