import { speakingModel } from "@bandwise/evaluator/models/speaking";
import { seededRandom } from "@bandwise/psychometrics/random";
import { IET_SPEAKING } from "@bandwise/scoring/schemes/iet-speaking";
import type { Services } from "../kernel/context.ts";
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
  const signs = signsOfWorth();
  const answers = Array.from({ length: count }, (_, at) => {
    const version = versions[at % versions.length];
    if (!version) throw new Error("the bank has no spoken tasks");
    const worth = next();
    const features = Object.entries(speakingModel.norms).map(([name, { transform, middle, deviation }]) => {
      if (unheard.includes(name)) return [name, null] as const;
      const value = middle + deviation * ((signs.get(name) ?? 0) * 3 * (worth - 0.5) + 0.4 * (next() - 0.5));
      const natural = transform === "log" ? Math.expm1(value) : transform === "root" ? Math.max(0, value) ** 2 : value;
      return [name, natural] as const;
    });
    const mark = () => Math.round(Math.max(0, Math.min(100, 15 + 70 * worth + (next() - 0.5) * noise)));
    return {
      version,
      measured: { measures, features: Object.fromEntries(features) },
      marks: Array.from({ length: at % 3 === 0 ? 1 : 2 }, () =>
        Object.fromEntries(IET_SPEAKING.criteria.map((id) => [id, mark()])),
      ),
      firstLanguage: at % 2 === 0 ? "Spanish" : "Arabic",
      settledAt: services.clock.now(),
    };
  });
  return { scriptIds: await insertSettled(services, { programmeId, adminId, scheme: "iet-speaking", answers }) };
}

/** Which way each feature points: as the model as shipped has it. */
function signsOfWorth(): Map<string, number> {
  const weights = Object.values(speakingModel.criteria).flatMap((criterion) => Object.entries(criterion.weights));
  return new Map([
    ...weights.map(([name, weight]) => [name, Math.sign(weight)] as const),
    ["wordConfidence", 1],
    ["unsureWords", -1],
  ]);
}
