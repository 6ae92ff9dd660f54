import type { Prisma } from "@bandwise/db/client";
import { z } from "zod";
import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { practiceFolder } from "../kernel/storage-keys.ts";
import { speechVerdict, storedTranscript } from "../marking/speech-schema.ts";
import { eraseFilesJob } from "../people/schema.ts";
import { practiceItem } from "./queries.ts";
import { ratePracticeJob, setGoalInput, submitTakeInput, takeInput } from "./schema.ts";

/** What one person may have waiting at once: exams wait for the same machine. */
const waitingMax = 5;

/** Keeps an answer to a practice task and has it rated; sent again it is kept once, and answered alike. */
export const submitPracticeTake = defineCommand({
  name: "submitPracticeTake",
  permission: "practice:own",
  input: submitTakeInput,
  run: async (context, { takeId, itemVersionId, mimeType, content }) => {
    const { tx, now, storage } = context;
    const { personId } = requirePerson(context.viewer);
    const asKept = async () => {
      const kept = await tx.practiceTake.findUnique({
        where: { id: takeId },
        select: { personId: true, itemVersionId: true },
      });
      if (kept && (kept.personId !== personId || kept.itemVersionId !== itemVersionId))
        throw conflict("This answer belongs to another task.");
      return kept !== null;
    };
    const bytes = content.byteLength;
    const again = () =>
      context.audit({ subjectType: "practice-take", subjectId: takeId, detail: { bytes, again: true } });
    if (await asKept()) {
      again();
      return { takeId };
    }
    const item = await tx.itemVersion.findFirst({
      where: { id: itemVersionId, ...practiceItem },
      select: { id: true },
    });
    if (!item) throw notFound("This task");
    const waiting = await tx.practiceTake.count({ where: { personId, status: "waiting" } });
    if (waiting >= waitingMax) {
      throw new AppError("RATE_LIMITED", "Your last answers are still being listened to. Try again in a moment.");
    }
    const storageKey = `${practiceFolder(personId, takeId)}/original`;
    await storage.put(storageKey, content);
    const { count } = await tx.practiceTake.createMany({
      data: { id: takeId, personId, itemVersionId, mimeType: mimeType.toLowerCase(), storageKey, createdAt: now },
      skipDuplicates: true,
    });
    // The same answer came twice at once, and the other was first.
    if (count === 0 && (await asKept())) again();
    else {
      context.enqueue(ratePracticeJob, { takeId, tries: 0 });
      context.audit({ subjectType: "practice-take", subjectId: takeId, detail: { bytes } });
    }
    return { takeId };
  },
});

/** Sound and feedback go for good. */
export const deletePracticeTake = defineCommand({
  name: "deletePracticeTake",
  permission: "practice:own",
  input: takeInput,
  run: async (context, { takeId }) => {
    const { personId } = requirePerson(context.viewer);
    const { count } = await context.tx.practiceTake.deleteMany({ where: { id: takeId, personId } });
    if (count === 0) throw notFound("This recording");
    context.enqueue(eraseFilesJob, {
      personId,
      emailHash: null,
      storageKeys: [],
      folders: [practiceFolder(personId, takeId)],
    });
    context.audit({ subjectType: "practice-take", subjectId: takeId });
  },
});

export const setPracticeGoal = defineCommand({
  name: "setPracticeGoal",
  permission: "practice:own",
  input: setGoalInput,
  run: async (context, goal) => {
    const { personId } = requirePerson(context.viewer);
    const data = { ...goal, updatedAt: context.now };
    await context.tx.practiceGoal.upsert({ where: { personId }, create: { personId, ...data }, update: data });
    context.audit({ subjectType: "practice-goal", subjectId: personId });
  },
});

export const deferPracticeRating = defineCommand({
  name: "deferPracticeRating",
  permission: "practice:rate",
  input: z.object({ takeId: z.uuid(), tries: z.number().int(), afterSeconds: z.number().int().min(1) }),
  run: async (context, { takeId, tries, afterSeconds }) => {
    context.enqueue(ratePracticeJob, { takeId, tries }, { startAfterSeconds: afterSeconds });
    context.audit({ subjectType: "practice-take", subjectId: takeId, detail: { tries, afterSeconds } });
  },
});

/** What came of a take: its sound as one file, and what the machine made of it. One that was deleted meanwhile stays so. */
export const storePracticeRating = defineCommand({
  name: "storePracticeRating",
  permission: "practice:rate",
  input: z.object({
    takeId: z.uuid(),
    sound: z.object({ storageKey: z.string(), mimeType: z.string(), durationSeconds: z.number() }).nullable(),
    verdict: speechVerdict.nullable(),
    transcript: storedTranscript.nullable(),
    failure: z.string().max(300).nullable(),
  }),
  run: async (context, { takeId, sound, verdict, transcript, failure }) => {
    const { count } = await context.tx.practiceTake.updateMany({
      where: { id: takeId, status: "waiting" },
      data: {
        status: verdict ? "rated" : "failed",
        ...sound,
        ...(verdict && { rating: verdict satisfies Prisma.InputJsonObject }),
        ...(transcript && { transcript: transcript as Prisma.InputJsonObject }),
        failure,
        ratedAt: context.now,
      },
    });
    context.audit({ subjectType: "practice-take", subjectId: takeId, detail: { written: count === 1 } });
    const gone = count === 0 && (await context.tx.practiceTake.count({ where: { id: takeId } })) === 0;
    return { gone };
  },
});
