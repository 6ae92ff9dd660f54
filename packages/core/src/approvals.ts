import { defineApprove } from "./audit/commands.ts";
import type { ApprovalKind } from "./audit/steps.ts";
import { publishFormSet } from "./bank/form-set-steps.ts";
import { reissueCertificate, revokeCertificate } from "./certificates/steps.ts";
import { erasePerson, forwardErasure } from "./people/steps.ts";
import { replaceResult } from "./results/appeal-steps.ts";

/** Every act that needs two persons, and what a second person's approval does. The one place that knows them all. */
export const approvalKinds: Readonly<Record<string, ApprovalKind>> = {
  "form-set:publish": { title: "Publish a form set", step: publishFormSet },
  "result:replace": { title: "Replace a released result", step: replaceResult },
  "certificate:revoke": { title: "Revoke a certificate", step: revokeCertificate },
  "certificate:reissue": { title: "Issue a certificate anew", step: reissueCertificate },
  "person:erase-request": { title: "Erase a person's data, first decision", step: forwardErasure },
  "person:erase": { title: "Erase a person's data, second decision", step: erasePerson },
};

export const approveRequest = defineApprove(approvalKinds);
