import type { BankItem } from "../schema.ts";
import { openTypes } from "../speaking-schema.ts";
import { normalised } from "../text-measures.ts";
import { interviewTimes, openTaskTimes } from "./limits.ts";
import { isOpenTask, type OpenTask } from "./parts.ts";
import { groupBy, type Problem, repeated } from "./rule.ts";

/** Interviews of `ielts-speaking` and the four tasks of `iet-speaking`. */

type Content<T extends OpenTask["content"]["type"]> = Extract<OpenTask["content"], { type: T }>;

/** Of each kind: fewer and a repeater soon meets the same one. */
const minimumOpen = { interview: 20, introduction: 8, picture: 8, opinion: 8, dialogue: 8 };

/** An examiner reads the question aloud: it has to end as one, or as a request. */
const isAsked = (text: string): boolean =>
  /\?$/.test(text) || /^(?:Tell me|Describe|Explain|Say|Give me)\b.*\.$/.test(text);

/** An alternative that says less than this leaves nothing to describe. */
const FEWEST_WORDS_OF_ALTERNATIVE = 30;

export function openTaskFitsKind(item: OpenTask): string[] {
  const { content } = item;
  switch (content.type) {
    case "interview":
      return interviewFitsFormat(content);
    case "dialogue":
      return dialogueFitsKind(content);
    case "introduction":
    case "picture":
    case "opinion":
      return monologueFitsKind(content);
  }
}

function interviewFitsFormat({ part1, part2, part3 }: Content<"interview">): string[] {
  const questions = [...part1.frames, ...part3.themes].flatMap((frame) => frame.questions);
  const unasked = [...questions.flatMap(({ ask, followUp }) => [ask, followUp]), ...part2.roundingOff].filter(
    (text) => !isAsked(text),
  );
  const times = [
    ...Object.entries({ part1, part2, part3 }).map(([name, { minSeconds, maxSeconds }]) => ({
      name,
      has: [minSeconds, maxSeconds],
      wanted: interviewTimes[name as "part1" | "part2" | "part3"],
    })),
    { name: "preparation", has: [part2.prepareSeconds], wanted: [interviewTimes.prepareSeconds] },
    { name: "long turn", has: [part2.speakSeconds.min, part2.speakSeconds.max], wanted: interviewTimes.speakSeconds },
  ];
  const { card } = part2;
  return [
    ...unasked.map((text) => `"${text}" is no question`),
    ...times
      .filter(({ has, wanted }) => has.join() !== wanted.join())
      .map(({ name, has, wanted }) => `${name}: ${has.join("–")} s; the format has ${wanted.join("–")} s`),
    ...repeated(part1.frames.map(({ topic }) => normalised(topic))).map((topic) => `two frames are about ${topic}`),
    ...(/^Describe\b/.test(card.topic) ? [] : ["the cue card does not begin with “Describe”"]),
    ...(/^and explain\b/.test(card.explain) ? [] : ["the cue card does not end with “and explain …”"]),
  ];
}

function monologueFitsKind(content: Content<"introduction" | "picture" | "opinion">): string[] {
  const wanted = openTaskTimes[content.type];
  const problems = timesFit(content, wanted);
  if (content.type !== "picture") return problems;
  const words = content.picture.alternative.split(/\s+/).length;
  return words < FEWEST_WORDS_OF_ALTERNATIVE
    ? [...problems, `the picture's alternative has ${words} words; at least ${FEWEST_WORDS_OF_ALTERNATIVE} are needed`]
    : problems;
}

function dialogueFitsKind({ prepareSeconds, turns }: Content<"dialogue">): string[] {
  const silent = turns.filter(({ text }) => !text.includes("?"));
  return [
    ...turns.flatMap(({ answerSeconds }) => timesFit({ prepareSeconds, answerSeconds }, openTaskTimes.dialogue)),
    ...silent.map(({ text }) => `"${text}" asks nothing, so nobody knows what to answer`),
  ];
}

interface Times {
  readonly prepareSeconds: number;
  readonly answerSeconds: number;
}

function timesFit({ prepareSeconds, answerSeconds }: Times, wanted: Times): string[] {
  return [
    ...(prepareSeconds === wanted.prepareSeconds
      ? []
      : [`${prepareSeconds} s to prepare; this kind has ${wanted.prepareSeconds}`]),
    ...(answerSeconds === wanted.answerSeconds
      ? []
      : [`${answerSeconds} s to answer; this kind has ${wanted.answerSeconds}`]),
  ];
}

/** A question met in one interview must not come again in another: it would arrive with its answer. */
export function noQuestionTwice(items: readonly BankItem[]): Problem[] {
  const asked = items.filter(isOpenTask).flatMap(({ id, content }) => {
    if (content.type !== "interview") return [];
    const questions = [...content.part1.frames, ...content.part3.themes].flatMap((frame) => frame.questions);
    return [...questions.map(({ ask }) => ask), content.part2.card.topic].map((text) => ({
      id,
      text: normalised(text),
    }));
  });
  return [...groupBy(asked, ({ text }) => text).values()].flatMap(([first, ...others]) =>
    others.map(({ id, text }) => ({ itemId: id, message: `"${text}" is asked in ${first?.id} already` })),
  );
}

export function enoughOpenTasks(items: readonly BankItem[]): Problem[] {
  return openTypes.flatMap((type) => {
    const count = items.filter((item) => isOpenTask(item) && item.content.type === type).length;
    return count >= minimumOpen[type]
      ? []
      : [{ message: `${type}: ${count} items; at least ${minimumOpen[type]} are needed` }];
  });
}
