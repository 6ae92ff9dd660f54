import type { Context } from "../kernel/context.ts";
import { sha256 } from "../kernel/hash.ts";
import { handleJob, type JobHandler, type Sweep } from "../kernel/jobs.ts";
import { prepareLinkMail } from "./commands.ts";
import { prepareInvitationMail } from "./invitation-commands.ts";
import { findBookingFacts, findRecipient } from "./mail-queries.ts";
import {
  bookingCancelledText,
  bookingText,
  invitationText,
  type MailText,
  plainText,
  resetPasswordText,
  verifyEmailText,
} from "./mail-texts.ts";
import { deleteMails, deleteMailsBefore } from "./mailbox.ts";
import { purgeExpired } from "./purge-commands.ts";
import { eraseFilesJob, type MailPayload, mailJob } from "./schema.ts";

interface ReadyMail extends MailText {
  readonly to: string;
}

/** Null: whom or what it was about is gone, and with it the reason to write. */
async function writeMail(context: Context, payload: MailPayload): Promise<ReadyMail | null> {
  const { publicUrl } = context.settings;
  const { kind, personId, invitationId, subjectId } = payload;
  if (kind === "invitation") {
    if (invitationId === undefined) return null;
    const ready = await prepareInvitationMail(context, { invitationId });
    const link = `${publicUrl}/invitation/${ready?.secret}`;
    return ready && { to: ready.to, ...invitationText(ready.name, ready.roles, link) };
  }
  if (personId === undefined) return null;
  if (kind === "verify-email") {
    const ready = await prepareLinkMail(context, { personId, kind: "verify_email" });
    return ready && { to: ready.to, ...verifyEmailText(ready.name, `${publicUrl}/verify-email/${ready.secret}`) };
  }
  if (kind === "reset-password") {
    const ready = await prepareLinkMail(context, { personId, kind: "reset_password" });
    return ready && { to: ready.to, ...resetPasswordText(ready.name, `${publicUrl}/reset-password/${ready.secret}`) };
  }
  const recipient = await findRecipient(context, { personId });
  if (!recipient) return null;
  if (kind === "booking" || kind === "booking-cancelled") {
    if (subjectId === undefined) return null;
    const facts = await findBookingFacts(context, { attemptId: subjectId });
    if (!facts) return null;
    const text =
      kind === "booking"
        ? bookingText(recipient.name, facts, `${publicUrl}/home`)
        : bookingCancelledText(recipient.name, facts, `${publicUrl}/book`);
    return { to: recipient.email, ...text };
  }
  const text = plainText(kind, recipient.name, publicUrl);
  return text && { to: recipient.email, ...text };
}

/** Runs twice at worst when a worker dies between sending and saying so; a second link replaces the first. */
const sendMail = handleJob(mailJob, async (context, payload) => {
  const mail = await writeMail(context, payload);
  if (mail) await context.mailer.send({ to: mail.to, subject: mail.subject, text: mail.text });
});

const eraseFiles = handleJob(eraseFilesJob, async (context, { emailHash, storageKeys, folders }) => {
  for (const key of storageKeys) {
    if ((await context.storage.size(key)) !== null) await context.storage.delete(key);
  }
  for (const folder of folders) await context.storage.deleteFolder(folder);
  if (emailHash !== null) {
    await deleteMails(context.settings.dataDir, (mail) => sha256(mail.to.toLowerCase()) === emailHash);
  }
});

export const peopleJobs: readonly JobHandler[] = [sendMail, eraseFiles];

const purge: Sweep = {
  name: "people.purge",
  everySeconds: 3600,
  run: async (context) => {
    await purgeExpired(context, {});
    const { retentionDays, dataDir } = context.settings;
    await deleteMailsBefore(dataDir, new Date(context.clock.now().getTime() - retentionDays.mail * 86_400_000));
  },
};

export const peopleSweeps: readonly Sweep[] = [purge];
