import { writeFileSync } from "node:fs";
import { contentHash } from "@bandwise/core/kernel/hash";
import { markOnce } from "@bandwise/core/testing/bank";
import { makeVoice } from "@bandwise/core/testing/voice";
import { openServices } from "./arrange.ts";
import { journeyProgrammes } from "./programmes.ts";
import { voicePath } from "./voice.ts";

/** What every journey needs: a voice for the microphone, and the programmes whose times suit a test. */
export default async function setUp(): Promise<void> {
  writeFileSync(voicePath(), makeVoice(12, 48_000));
  const services = await openServices();
  try {
    const { db, ids, clock } = services;
    for (const { name, version, blueprint } of journeyProgrammes) {
      await db.programme.upsert({
        where: { name_version: { name, version } },
        create: {
          id: ids.uuid(),
          name,
          version,
          title: blueprint.title,
          blueprint: JSON.parse(JSON.stringify(blueprint)),
          hash: contentHash(blueprint),
          createdAt: clock.now(),
        },
        update: {},
      });
    }
    // One mark, by whoever asks: how marks are doubled, seeded and qualified for is a journey of its own.
    for (const name of [...journeyProgrammes.map((one) => one.name), "iet-speaking-short"]) {
      if ((await db.markingPolicy.count({ where: { programme: name } })) === 0) await markOnce(services, name);
    }
  } finally {
    await services.close();
  }
}
