import { addItemVersion } from "../bank/version-steps.ts";
import { bookSitting } from "../delivery/commands.ts";
import { ieltsSpeakingShort } from "../delivery/programmes.ts";
import { openInterviewSlots } from "../interviews/schedule-commands.ts";
import { contentHash } from "../kernel/hash.ts";
import type { Viewer } from "../kernel/policy.ts";
import { interview, openTask } from "./open-tasks.ts";
import { createPerson, type TestServices } from "./services.ts";

/** A centre, the short interview programme, as many interviews in the bank, an admin and an examiner. */
export async function createInterviewWorld(services: TestServices, interviews = 6) {
  const { db, ids, clock } = services;
  const now = clock.now();
  const centreId = ids.uuid();
  await db.centre.create({
    data: { id: centreId, name: `Centre ${centreId}`, timeZone: "Europe/Lisbon", address: "online" },
  });
  const named = { name: "ielts-speaking-short", version: 1 };
  const { id: programmeId } = await db.programme.upsert({
    where: { name_version: named },
    update: {},
    create: {
      id: ids.uuid(),
      ...named,
      title: ieltsSpeakingShort.title,
      blueprint: JSON.parse(JSON.stringify(ieltsSpeakingShort)),
      hash: contentHash(ieltsSpeakingShort),
      createdAt: now,
    },
  });
  await db.$transaction(async (tx) => {
    for (let place = 0; place < interviews; place += 1) {
      await addItemVersion(
        { tx, now, ids },
        { item: openTask(`i-${place}`, interview(`thing ${place}`)), status: "active", authorId: null, reason: "test" },
      );
    }
  });
  const admin = await createPerson(db, ["admin"], "Admin");
  const examiner = await createPerson(db, ["examiner"], "Examiner");
  const open = async (
    startsAt: readonly Date[],
    more: { by?: Viewer; examinerId?: string; bookHours?: number; changeHours?: number; minutes?: number } = {},
  ): Promise<string[]> => {
    const { sittingIds } = await openInterviewSlots(services.as(more.by ?? examiner.viewer), {
      centreId,
      programmeId,
      examinerId: more.examinerId ?? examiner.id,
      startsAt: [...startsAt],
      minutes: more.minutes ?? 30,
      bookHours: more.bookHours ?? 0,
      changeHours: more.changeHours ?? 24,
    });
    return sittingIds;
  };
  /** A candidate of this name with a place in a slot of her own. */
  const booked = async (name: string, startsAt: Date) => {
    const candidate = await createPerson(db, ["candidate"], name);
    const [sittingId = ""] = await open([startsAt]);
    const { attemptId } = await bookSitting(services.as(candidate.viewer), { sittingId });
    return { candidate, sittingId, attemptId };
  };
  return { centreId, programmeId, admin, examiner, open, booked };
}
