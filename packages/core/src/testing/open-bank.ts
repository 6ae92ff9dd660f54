import { addItemVersion } from "../bank/version-steps.ts";
import type { Services } from "../kernel/context.ts";
import { dialogue, interview, introduction, openTask, opinion, pictureTask } from "./open-tasks.ts";

/** Adds to a small bank what the programmes with open tasks ask for: `count` items of each kind. */
export async function addOpenTasks({ db, clock, ids }: Services, count = 1): Promise<void> {
  const now = clock.now();
  const picture = { name: "test.svg", sha256: "1", mimeType: "image/svg+xml", bytes: 1, storageKey: "bank/test" };
  await db.media.create({ data: { id: ids.uuid(), createdAt: now, ...picture } });
  const items = Array.from({ length: count }, (_, at) => [
    openTask(`i-${at}`, interview(`place ${at}`)),
    openTask(`introduction-${at}`, introduction),
    openTask(`picture-${at}`, pictureTask("test.svg")),
    openTask(`opinion-${at}`, opinion),
    openTask(`dialogue-${at}`, dialogue(["test.mp3", "test.mp3", "test.mp3"])),
  ]).flat();
  await db.$transaction(async (tx) => {
    for (const item of items) {
      await addItemVersion({ tx, now, ids }, { item, status: "active", authorId: null, reason: "Test bank" });
    }
  });
}
