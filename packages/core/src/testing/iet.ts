import { addItemVersion } from "../bank/version-steps.ts";
import { ietSpeaking } from "../delivery/programmes.ts";
import { createSubmittedAttempt } from "./attempts.ts";
import { createSmallBank } from "./bank.ts";
import { dialogue, introduction, openTask, opinion, pictureTask } from "./open-tasks.ts";
import { createPerson, type TestServices } from "./services.ts";
import { makeVoice } from "./voice.ts";

/** Long enough for every criterion to be measured. */
const voiceSeconds = 20;

/** A bank with `perKind` tasks of each kind of `iet-speaking`, one more of each for practice, and whoever is needed to sit them. */
export async function createIetWorld(services: TestServices, perKind = 2) {
  const { db, clock, ids, storage } = services;
  await createSmallBank(services, 4);
  const now = clock.now();
  const picture = { name: "test.svg", sha256: "1", mimeType: "image/svg+xml", bytes: 1, storageKey: "bank/picture" };
  await db.media.create({ data: { id: ids.uuid(), createdAt: now, ...picture } });
  await storage.put(picture.storageKey, Buffer.from("<svg/>"));
  const contents = [introduction, pictureTask("test.svg"), opinion, dialogue(["test.mp3", "test.mp3", "test.mp3"])];
  await db.$transaction(async (tx) => {
    for (const content of contents) {
      for (let number = 1; number <= perKind + 1; number += 1) {
        const item = openTask(`${content.type}-${number}`, number > perKind ? { ...content, practice: true } : content);
        await addItemVersion({ tx, now, ids }, { item, status: "active", authorId: null, reason: "Test" });
      }
    }
  });
  const { id: programmeId } = await db.programme.findUniqueOrThrow({
    where: { name_version: { name: "iet-speaking", version: 1 } },
    select: { id: true },
  });
  const admin = await createPerson(db, ["admin"]);
  // The recordings that `createSubmittedAttempt` makes all name this file.
  await storage.put("bank/test", makeVoice(voiceSeconds));
  return {
    admin,
    /** Four recorded answers, handed in; marking has not begun. */
    submitted: async (candidateId: string) =>
      createSubmittedAttempt(services, {
        candidateId,
        programmeId,
        adminId: admin.id,
        sections: ietSpeaking.sections,
      }),
  };
}
