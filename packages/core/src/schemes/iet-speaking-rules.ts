import { ScoringError } from "@bandwise/scoring/error";
import { type IetSpeakingResult, scoreIetSpeaking } from "@bandwise/scoring/iet-speaking";
import type { SharedRatings } from "@bandwise/scoring/ratings";
import { stampOf } from "@bandwise/scoring/scheme";
import { IET_SPEAKING, type IetCriterion, type IetTask } from "@bandwise/scoring/schemes/iet-speaking";
import type { OpenContent } from "../bank/speaking-schema.ts";
import type { MachineStanding, ProductScheme, SchemeParts } from "./schema.ts";
import { isSameStamp } from "./stamp-rules.ts";

/** Which kind of the bank's tasks each task of the scheme is. */
const kindOf: Readonly<Record<IetTask, OpenContent["type"]>> = {
  introduce: "introduction",
  describe: "picture",
  opinion: "opinion",
  dialogue: "dialogue",
};

const standings: Readonly<Record<MachineStanding, string>> = {
  none: "Rated by examiners.",
  validated: "Machine-rated, by a version that was validated on local data.",
  "not-validated": "Machine-rated, not yet validated on local data.",
};

/** Four spoken tasks, four criteria each from 0 to 100; the level is read off the mean. */
export const ietSpeaking: ProductScheme<IetSpeakingResult> = {
  stamp: stampOf(IET_SPEAKING),
  title: IET_SPEAKING.name,
  sat: "sat the IET speaking test",
  partTitles: IET_SPEAKING.criterionTitles,
  scale: {
    noun: "Score",
    highest: 100,
    decimals: 2,
    every: 10,
    levels: IET_SPEAKING.levels.map(({ cefr, upperHundredths }) => ({ to: upperHundredths / 100, label: cefr })),
  },
  scorer: (stamp) =>
    isSameStamp(IET_SPEAKING, stamp) ? (parts, options) => scoreIetSpeaking(inOrder(parts), options) : null,
  summary: ({ overall, cefr, descriptor, trace }) => ({
    overall: { score: overall, hundredths: Math.round(Number(overall) * 100), cefr, meaning: `${descriptor}.` },
    parts: (trace?.criteria ?? []).map(({ criterion, mean }) => ({
      id: criterion,
      title: IET_SPEAKING.criterionTitles[criterion],
      score: mean,
      cefr: null,
    })),
  }),
  notes: () => ["Scores run from 0 to 100. Levels are those of the Common European Framework of Reference."],
  workings: ({ tasks }, machine) => ({
    steps: IET_SPEAKING.tasks.map(({ id }, place) => ({ name: id, value: tasks[place] ?? "" })),
    notes: [
      `The mean of four tasks: ${IET_SPEAKING.tasks.map(({ title }, at) => `${title.toLowerCase()} ${tasks[at]}`).join(", ")}.`,
      standings[machine],
    ],
  }),
};

/** The tasks' ratings in the scheme's order, whatever the order they were sat in. */
function inOrder({ tasks }: SchemeParts): SharedRatings<IetCriterion>[] {
  const unknown = tasks.find(({ type }) => !Object.values(kindOf).some((kind) => kind === type));
  if (unknown) throw new ScoringError("tasks", `${unknown.type ?? "a task of a level"} is no task of this scheme`);
  return IET_SPEAKING.tasks.map(({ id }, index) => {
    const mine = tasks.filter(({ type }) => type === kindOf[id]);
    if (mine.length !== 1) throw new ScoringError(`tasks[${index}]`, `needs 1 ${kindOf[id]} (has ${mine.length})`);
    return (mine[0]?.ratings ?? []) as readonly Partial<Record<IetCriterion, number>>[] as SharedRatings<IetCriterion>;
  });
}
