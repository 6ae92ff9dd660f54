import { bookSitting } from "@bandwise/core/delivery/commands";
import { checkIdentity } from "@bandwise/core/interviews/commands";
import { openInterviewSlots } from "@bandwise/core/interviews/schedule-commands";
import type { Arrange, Person } from "./arrange.ts";

/** A centre where it is about noon, so that no slot of a test crosses midnight. */
export async function noonCentre({
  services: { db, ids, clock },
}: Arrange): Promise<{ id: string; name: string; timeZone: string }> {
  const ahead = clock.now().getUTCHours() - 12;
  const id = ids.uuid();
  const name = `Centre ${ids.code(2)}`;
  // Signs of these zones run the other way: `Etc/GMT+3` is three hours behind.
  const timeZone = ahead === 0 ? "UTC" : `Etc/GMT${ahead > 0 ? "+" : ""}${ahead}`;
  await db.centre.create({ data: { id, name, timeZone, address: "online" } });
  return { id, name, timeZone };
}

/** A place in an interview that begins in five minutes. */
export async function bookedInterview(arrange: Arrange, examiner: Person, candidate: Person): Promise<string> {
  const { db, clock } = arrange.services;
  const centre = await noonCentre(arrange);
  const programme = await db.programme.findFirstOrThrow({
    where: { name: "ielts-speaking-short" },
    orderBy: { version: "desc" },
  });
  const { sittingIds } = await openInterviewSlots(arrange.as(examiner.viewer), {
    centreId: centre.id,
    programmeId: programme.id,
    examinerId: examiner.id,
    startsAt: [new Date(clock.now().getTime() + 300_000)],
    minutes: 60,
    bookHours: 0,
    changeHours: 0,
  });
  const [sittingId = ""] = sittingIds;
  return (await bookSitting(arrange.as(candidate.viewer), { sittingId })).attemptId;
}

/** The same, with the candidate admitted. */
export async function identifiedInterview(arrange: Arrange, examiner: Person, candidate: Person): Promise<string> {
  const attemptId = await bookedInterview(arrange, examiner, candidate);
  await checkIdentity(arrange.as(examiner.viewer), {
    attemptId,
    document: "passport",
    nameOnDocument: candidate.name,
    privacyNotice: true,
    recordingConsent: true,
  });
  return attemptId;
}
