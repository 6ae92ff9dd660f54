import type { Prisma } from "@bandwise/db/client";
import { z } from "zod";
import { defineCommand } from "../kernel/define.ts";
import { practiceFolder, recordingFolder } from "../kernel/storage-keys.ts";
import { allowPurging, eraseHeard, eraseTexts } from "./steps.ts";

const purgeInput = z.object({});

/** Nobody needs the answers of these attempts any more: over, and no re-mark of them under way. */
const over = {
  status: { in: ["released", "voided", "cancelled", "no_show"] },
  results: { none: { appeals: { some: { status: { in: ["asked", "marking", "marked"] } } } } },
} satisfies Prisma.AttemptWhereInput;

/**
 * What is past its use or its retention: links, invitations, recordings and what was heard in them, practice, texts, notes of
 * interviews, audit. Files go first, so that a row never loses track of one.
 */
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
    await allowPurging(context);
    const due = await tx.recording.findMany({
      where: {
        purgedAt: null,
        startedAt: { lt: daysAgo(settings.retentionDays.recordings) },
        attemptItem: { attempt: over },
      },
      select: {
        id: true,
        storageKey: true,
        chunks: { select: { storageKey: true } },
        attemptItem: { select: { id: true, attemptId: true } },
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
    await eraseHeard(context, { id: { in: due.map(({ attemptItem }) => attemptItem.id) } });
    const practised = await tx.practiceTake.findMany({
      where: { createdAt: { lt: daysAgo(settings.retentionDays.recordings) } },
      select: { id: true, personId: true },
      orderBy: { id: "asc" },
      take: 100,
    });
    for (const { id, personId } of practised) await context.storage.deleteFolder(practiceFolder(personId, id));
    await tx.practiceTake.deleteMany({ where: { id: { in: practised.map(({ id }) => id) } } });
    const texts = await tx.attemptItem.findMany({
      where: {
        skill: "writing",
        answers: { some: {} },
        attempt: { ...over, bookedAt: { lt: daysAgo(settings.retentionDays.answers) } },
      },
      select: { id: true },
      orderBy: { id: "asc" },
      take: 200,
    });
    await eraseTexts(context, { id: { in: texts.map((item) => item.id) } });
    await eraseHeard(context, { id: { in: texts.map((item) => item.id) } });
    const notes = await tx.interviewEntry.deleteMany({
      where: { interview: { attempt: { ...over, bookedAt: { lt: daysAgo(settings.retentionDays.answers) } } } },
    });
    const audit = await tx.auditEntry.deleteMany({ where: { at: { lt: daysAgo(settings.retentionDays.audit) } } });
    const counts = {
      links: links.count,
      invitations: invitations.count,
      unconfirmed: nobodies.length,
      recordings: ids.length,
      practice: practised.length,
      texts: texts.length,
      notes: notes.count,
      audit: audit.count,
    };
    if (Object.values(counts).some((count) => count > 0)) {
      context.audit({ subjectType: "installation", subjectId: "retention", detail: counts });
    }
    return counts;
  },
});
