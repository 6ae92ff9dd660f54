import { defineCommand } from "../kernel/define.ts";
import { conflict, invalid, notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { allowPurging } from "../people/steps.ts";
import { certificateStatus, viewOf } from "./rules.ts";
import { certificateFacts, certificateIdInput, shareLinkIdInput, shareLinkInput, shareTokenInput } from "./schema.ts";

/** More than anybody needs, few enough to be looked through. */
const MAX_OPEN_LINKS = 20;

/** Shows a certificate to one recipient: an address of its own, the scores the holder chose, until a day the holder chose. */
export const createShareLink = defineCommand({
  name: "createShareLink",
  permission: "certificate:own",
  input: shareLinkInput,
  run: async (context, { certificateId, purpose, recipient, recipientEmail, scores, days }) => {
    const { tx, now, ids } = context;
    const certificate = await tx.certificate.findFirst({
      where: { id: certificateId, candidateId: requirePerson(context.viewer).personId },
      select: { status: true, validUntil: true, facts: true },
    });
    if (!certificate) throw notFound("The certificate");
    const status = certificateStatus(certificate, now);
    if (status === "revoked" || status === "superseded") {
      throw conflict("This certificate no longer stands: there is nothing to share.");
    }
    const { parts } = viewOf(certificateFacts.parse(certificate.facts));
    const unknown = scores.some((score) => score !== "overall" && !parts.some(({ id }) => id === score));
    if (unknown) throw invalid("scores", "are not on this certificate");
    const open = await tx.shareLink.count({ where: { certificateId, withdrawnAt: null, expiresAt: { gt: now } } });
    if (open >= MAX_OPEN_LINKS) throw conflict(`${MAX_OPEN_LINKS} links are open: withdraw one first.`);
    const id = ids.uuid();
    const token = ids.secret();
    const expiresAt = new Date(now.getTime() + days * 86_400_000);
    await tx.shareLink.create({
      data: {
        id,
        certificateId,
        token,
        purpose,
        recipient,
        recipientEmail: recipientEmail === "" ? null : recipientEmail,
        scores,
        createdAt: now,
        expiresAt,
      },
    });
    context.audit({
      subjectType: "certificate",
      subjectId: certificateId,
      detail: { linkId: id, purpose, scores, days },
    });
    return { linkId: id, token, expiresAt };
  },
});

/** Ends a link at once; it says so to whoever opens it. */
export const withdrawShareLink = defineCommand({
  name: "withdrawShareLink",
  permission: "certificate:own",
  input: shareLinkIdInput,
  run: async (context, { linkId }) => {
    const { tx, now } = context;
    const link = await tx.shareLink.findFirst({
      where: { id: linkId, certificate: { candidateId: requirePerson(context.viewer).personId } },
      select: { certificateId: true, withdrawnAt: true },
    });
    if (!link) throw notFound("The link");
    if (link.withdrawnAt === null) await tx.shareLink.update({ where: { id: linkId }, data: { withdrawnAt: now } });
    context.audit({ subjectType: "certificate", subjectId: link.certificateId, detail: { linkId, withdrawn: true } });
    return { linkId };
  },
});

/** The last of a holder's erasure: whom a certificate was shown to is no longer known, the links go on saying that it is revoked. */
export const forgetRecipients = defineCommand({
  name: "forgetRecipients",
  permission: "certificate:issue",
  input: certificateIdInput,
  run: async (context, { certificateId }) => {
    await allowPurging(context);
    const { count } = await context.tx.shareLink.updateMany({
      where: { certificateId },
      data: { recipient: "", recipientEmail: null },
    });
    context.audit({ subjectType: "certificate", subjectId: certificateId, detail: { forgotten: count } });
    return { forgotten: count };
  },
});

/** Counts one opening of a link that shows something; says when, not by whom. An unknown token counts nothing. */
export const countShareView = defineCommand({
  name: "countShareView",
  permission: "certificate:verify",
  audit: "ledger",
  input: shareTokenInput,
  run: async ({ tx, now, ids }, { token }) => {
    const link = await tx.shareLink.findUnique({
      where: { token },
      select: { id: true, withdrawnAt: true, expiresAt: true },
    });
    if (!link || link.withdrawnAt !== null || link.expiresAt <= now) return { counted: false };
    await tx.shareView.create({ data: { id: ids.uuid(), linkId: link.id, at: now } });
    return { counted: true };
  },
});
