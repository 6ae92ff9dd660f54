import { speakingModel } from "@bandwise/evaluator/models/speaking";
import { seededRandom } from "@bandwise/psychometrics/random";
import { IET_SPEAKING } from "@bandwise/scoring/schemes/iet-speaking";
import type { Services } from "../kernel/context.ts";
import { measuredFeatures } from "./measured-features.ts";
import { insertSettled } from "./settled-answers.ts";

/** What a recogniser without scores of sounds leaves unmeasured. */
const unheard = ["phoneAccuracy", "weakPhones"];

/**
 * Spoken answers that examiners have settled, as measured: what each is worth shows in its features, and two marks of three follow it as
 * far as `noise`, in points, lets them. There is no sound.
 */
export async function createConfirmedSpeech(
  services: Services,
  input: { programmeId: string; adminId: string; count: number; seed: string; noise: number; measures: string },
): Promise<{ scriptIds: string[] }> {
  const { programmeId, adminId, count, noise, measures } = input;
  const next = seededRandom(`confirmed speech:${input.seed}`);
  const versions = await services.db.itemVersion.findMany({
    where: { type: { in: ["introduction", "opinion", "picture"] }, status: "active" },
    select: { id: true, itemId: true, level: true },
    orderBy: { id: "asc" },
    take: 6,
  });
  const answers = Array.from({ length: count }, (_, at) => {
    const version = versions[at % versions.length];
    if (!version) throw new Error("the bank has no spoken tasks");
    const worth = next();
    const features = {
      ...measuredFeatures(speakingModel, worth, next),
      ...Object.fromEntries(unheard.map((name) => [name, null])),
    };
    const mark = () => Math.round(Math.max(0, Math.min(100, 15 + 70 * worth + (next() - 0.5) * noise)));
    return {
      version,
      measured: { measures, features },
      marks: Array.from({ length: at % 3 === 0 ? 1 : 2 }, () =>
        Object.fromEntries(IET_SPEAKING.criteria.map((id) => [id, mark()])),
      ),
      firstLanguage: at % 2 === 0 ? "Spanish" : "Arabic",
      settledAt: services.clock.now(),
    };
  });
  return { scriptIds: await insertSettled(services, { programmeId, adminId, scheme: "iet-speaking", answers }) };
}
