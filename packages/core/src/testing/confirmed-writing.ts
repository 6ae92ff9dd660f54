import { writingModel } from "@bandwise/evaluator/models/writing";
import { seededRandom } from "@bandwise/psychometrics/random";
import { writingTask } from "../bank/schema.ts";
import type { Services } from "../kernel/context.ts";
import { measuredFeatures } from "./measured-features.ts";
import { insertSettled } from "./settled-answers.ts";

const things =
  "town school street garden market river library village museum station office kitchen bridge island".split(" ");

/** Sentences of three kinds: what a text is worth follows from how many it has of each. Written for tests; N is a noun. */
const plain = [
  "I like my N because it is small and quiet.",
  "There is a N and I go there with my friend.",
  "In the summer it is hot and we swim near the N.",
  "My N is near my house so I walk every day.",
  "I think the N is a good place and the people are nice.",
  "On Sunday we eat in the N with my family and we talk a lot.",
];
const rich = [
  "Although the new N appears expensive at first, the long-term benefits considerably outweigh the initial investment.",
  "What residents appreciate most, according to a recent survey, is the remarkable variety of activities around the N.",
  "If those who run the N had consulted local families earlier, many of these misunderstandings could have been avoided.",
  "Furthermore, the surrounding N, which attracts plenty of visitors, deserves far better protection.",
  "It would therefore be reasonable to extend the opening hours of the N, particularly during the examination period.",
  "However, we should acknowledge the concerns of everyone near the N whose income depends on regular traffic.",
];
const broken = [
  "He go to the N every days and he have many friend.",
  "We was very happy becuase the teacher give us a good marks in the N.",
  "I am agree with you but they is not come to the N yesterday.",
  "She don't likes the N and there is many peoples.",
];

const criteria = ["taskFulfilment", "coherence", "grammar", "vocabulary", "register"];

/** A text of 14 sentences and what it is worth, 0 to 1: more rich sentences and fewer broken ones. It opens with words of its task. */
export function madeText(
  next: () => number,
  about: readonly string[] = smallBankTask,
): { text: string; worth: number } {
  const worth = next();
  const sentences = Array.from({ length: 14 }, () => {
    const from = next() < worth ? rich : next() < worth + 0.25 ? plain : broken;
    const sentence = from[Math.floor(next() * from.length)] ?? "";
    return sentence.replace("N", things[Math.floor(next() * things.length)] ?? "");
  });
  // Without a word of its task an answer would be off its topic.
  return { text: [`I write about ${about.join(", ")} here.`, ...sentences].join(" "), worth };
}
const smallBankTask = ["one situation", "two points", "three things"];

/** A few words of a task, no two of which stand together in it: nothing is copied. */
export function wordsOf(content: unknown): string[] {
  const { situation, instruction, points } = writingTask.shape.content.parse(content);
  const long = `${situation} ${instruction} ${points.join(" ")}`.toLowerCase().match(/[a-z]{5,}/g) ?? [];
  return [...new Set(long)]
    .filter((_, at) => at % 2 === 0)
    .slice(0, 8)
    .toReversed();
}

const languages = ["Spanish", "Arabic"] as const;
const markOf = (worth: number) => Math.round(2 * Math.max(0, Math.min(10, worth))) / 2;

/**
 * Writing that examiners have settled: each candidate answered one task, every second response was marked by two. Marks follow
 * what the text is worth, as far as `noise` lets them. The attempts are long over.
 */
export async function createConfirmedWriting(
  services: Services,
  input: {
    programmeId: string;
    adminId: string;
    count: number;
    seed: string;
    noise: number;
    /** Examiners who prefer what the machine thinks little of. */
    contrary?: boolean;
    /** When each was settled; all now where it is not said. */
    daysAgo?: (at: number) => number;
  },
): Promise<{ scriptIds: string[] }> {
  const { programmeId, adminId, count, noise, contrary = false, daysAgo = () => 0 } = input;
  const next = seededRandom(`confirmed:${input.seed}`);
  const versions = await writingTasks(services);
  const answers = Array.from({ length: count }, (_, at) => {
    const version = taskAt(versions, at);
    const { text, worth } = madeText(next, wordsOf(version.content));
    const mark = () => markOf(1.5 + 7 * (contrary ? 1 - worth : worth) + (next() - 0.5) * noise);
    return {
      version,
      text,
      settledAt: daysBefore(services, daysAgo(at)),
      marks: Array.from({ length: at % 2 === 0 ? 2 : 1 }, () => Object.fromEntries(criteria.map((id) => [id, mark()]))),
      firstLanguage: at % 3 === 0 ? languages[0] : languages[1],
    };
  });
  return { scriptIds: await insertSettled(services, { programmeId, adminId, scheme: "ielp", answers }) };
}

/**
 * The same as already measured, so that a version is fitted at once: for each of six tasks and two first languages `each` answers
 * spread evenly over all there is between poor and good, whose examiners' marks err by up to three quarters of a point, as often up
 * as down. A version that learns from them agrees with examiners in every group.
 */
export async function createMeasuredWriting(
  services: Services,
  input: { programmeId: string; adminId: string; each: number; seed: string; measures: string },
): Promise<{ scriptIds: string[] }> {
  const { programmeId, adminId, each, measures } = input;
  const next = seededRandom(`measured:${input.seed}`);
  const versions = await writingTasks(services);
  const answers = versions.flatMap((version) =>
    languages.flatMap((firstLanguage) => {
      let error = 0;
      return Array.from({ length: each }, (_, at) => {
        const worth = (at + 0.5) / each;
        const features = measuredFeatures(writingModel, worth, next);
        error = at % 2 === 0 ? 1.5 * (next() - 0.5) : -error;
        const marks = [error, -error].slice(0, at % 4 < 2 ? 2 : 1);
        return {
          ...{ version, firstLanguage, settledAt: daysBefore(services, 60), measured: { measures, features } },
          text: `Answer ${at + 1} of ${each}.`,
          marks: marks.map((by) => Object.fromEntries(criteria.map((id) => [id, markOf(1 + 8 * worth + by)]))),
        };
      });
    }),
  );
  return { scriptIds: await insertSettled(services, { programmeId, adminId, scheme: "ielp", answers }) };
}

/** Two tasks of each level, if there are as many. */
async function writingTasks({ db }: Services) {
  const all = await db.itemVersion.findMany({
    where: { item: { skill: "writing" }, status: "active" },
    select: { id: true, itemId: true, level: true, content: true },
    orderBy: { id: "asc" },
  });
  const placed = all.map((version, at) => ({
    version,
    place: all.slice(0, at).filter(({ level }) => level === version.level).length,
  }));
  return placed
    .toSorted((a, b) => a.place - b.place)
    .slice(0, 6)
    .map(({ version }) => version);
}

function taskAt<T>(versions: readonly T[], at: number): T {
  const version = versions[at % versions.length];
  if (!version) throw new Error("the bank has no writing tasks");
  return version;
}

function daysBefore({ clock }: Services, days: number): Date {
  return new Date(clock.now().getTime() - days * 86_400_000);
}
