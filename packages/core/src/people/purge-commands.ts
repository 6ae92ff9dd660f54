import { z } from "zod";
import { defineCommand } from "../kernel/define.ts";
import { recordingFolder } from "../kernel/storage-keys.ts";
import { allowPurging, eraseTexts } from "./steps.ts";

const purgeInput = z.object({});

/** What is past its use or its retention: links, invitations, recordings, texts, audit. Files go first, so that a row never loses track of one. */
export const purgeExpired = defineCommand({
  name: "purgeExpired",
  permission: "data:purge",
  input: purgeInput,
  audit: "ledger",
  run: async (context) => {
    const { tx, now, settings } = context;
    const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
    const monthAgo = daysAgo(30);
    const links = await tx.accountToken.deleteMany({ where: { expiresAt: { lt: daysAgo(1) } } });
    const invitations = await tx.invitation.deleteMany({
      where: {
        OR: [{ expiresAt: { lt: monthAgo } }, { withdrawnAt: { lt: monthAgo } }, { acceptedAt: { lt: monthAgo } }],
      },
    });
    // Registered, never confirmed, never sat anything: nobody's account.
    const unconfirmed = await tx.person.findMany({
      where: {
        emailVerifiedAt: null,
        createdAt: { lt: daysAgo(settings.retentionDays.unconfirmed) },
        status: "active",
        attempts: { none: {} },
        consents: { none: {} },
        accommodations: { none: {} },
        tokens: { none: {} },
        roles: { every: { role: "candidate" } },
      },
      select: { id: true },
      take: 500,
    });
    const nobodies = unconfirmed.map((person) => person.id);
    await tx.roleGrant.deleteMany({ where: { personId: { in: nobodies } } });
    await tx.person.deleteMany({ where: { id: { in: nobodies } } });
    const due = await tx.recording.findMany({
      where: {
        purgedAt: null,
        startedAt: { lt: daysAgo(settings.retentionDays.recordings) },
        attemptItem: { attempt: { status: { in: ["released", "voided", "cancelled", "no_show"] } } },
      },
      select: {
        id: true,
        storageKey: true,
        chunks: { select: { storageKey: true } },
        attemptItem: { select: { attemptId: true } },
      },
      orderBy: { id: "asc" },
      take: 100,
    });
    for (const recording of due) {
      for (const { storageKey } of recording.chunks) await context.storage.delete(storageKey);
      if (recording.storageKey !== null) await context.storage.delete(recording.storageKey);
      // The originals joined of the pieces, and what an earlier joining left, have no row of their own.
      await context.storage.deleteFolder(recordingFolder(recording.attemptItem.attemptId, recording.id));
    }
    const ids = due.map((recording) => recording.id);
    await tx.recordingChunk.deleteMany({ where: { recordingId: { in: ids } } });
    await tx.recording.updateMany({ where: { id: { in: ids } }, data: { purgedAt: now, storageKey: null, peaks: [] } });
    const texts = await tx.attemptItem.findMany({
      where: {
        skill: "writing",
        answers: { some: {} },
        attempt: {
          status: { in: ["released", "voided", "cancelled", "no_show"] },
          bookedAt: { lt: daysAgo(settings.retentionDays.answers) },
        },
      },
      select: { id: true },
      orderBy: { id: "asc" },
      take: 200,
    });
    await allowPurging(context);
    await eraseTexts(context, { id: { in: texts.map((item) => item.id) } });
    const audit = await tx.auditEntry.deleteMany({ where: { at: { lt: daysAgo(settings.retentionDays.audit) } } });
    const counts = {
      links: links.count,
      invitations: invitations.count,
      unconfirmed: nobodies.length,
      recordings: ids.length,
      texts: texts.length,
      audit: audit.count,
    };
    if (Object.values(counts).some((count) => count > 0)) {
      context.audit({ subjectType: "installation", subjectId: "retention", detail: counts });
    }
    return counts;
  },
});
