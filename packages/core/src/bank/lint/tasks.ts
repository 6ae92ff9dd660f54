import { mediaNames } from "../rules.ts";
import type { BankItem } from "../schema.ts";
import { taskLimits } from "./limits.ts";
import { isObjective, isOpenTask, isSpeaking, type SpeakingTask, type WritingTask } from "./parts.ts";

/** Writing and speaking tasks, and the files an item names. */

export function writingFitsBand(item: WritingTask): string[] {
  const { words, minutes } = taskLimits[item.level];
  const { minWords, maxWords, suggestedMinutes, instruction } = item.content;
  const problems =
    minWords === words[0] && maxWords === words[1]
      ? []
      : [`${minWords}–${maxWords} words; band ${item.level} has ${words.join("–")}`];
  if (suggestedMinutes !== minutes) problems.push(`${suggestedMinutes} minutes; band ${item.level} has ${minutes}`);
  if (!instruction.includes(`${minWords}–${maxWords} words`))
    problems.push(`the instruction does not say "${minWords}–${maxWords} words"`);
  return problems;
}

export function speakingFitsBand(item: SpeakingTask): string[] {
  const { prepareSeconds, answerSeconds, reRecord } = taskLimits[item.level];
  const { content } = item;
  const problems: string[] = [];
  if (content.prepareSeconds !== prepareSeconds)
    problems.push(`${content.prepareSeconds} s to prepare; band ${item.level} has ${prepareSeconds}`);
  if (content.answerSeconds !== answerSeconds)
    problems.push(`${content.answerSeconds} s to speak; band ${item.level} has ${answerSeconds}`);
  const allowed = reRecord && content.turn === undefined;
  if (content.reRecord !== allowed) problems.push(`a second recording should ${allowed ? "" : "not "}be allowed`);
  return problems;
}

export function mediaAsDeclared(item: BankItem): string[] {
  const misnamed = (media: string | undefined, ending: string): string[] =>
    // A file that replaces another has a name of its own, for a name never changes its content.
    media === undefined ||
    (media.startsWith(item.id) && new RegExp(`^(-[a-z0-9]+)*\\.(${ending})$`).test(media.slice(item.id.length)))
      ? []
      : [`media "${media}" is not named after the item`];
  if (isOpenTask(item) || isObjective(item))
    return mediaNames(item).flatMap(({ name }) => misnamed(name, "mp3|svg|png|jpg"));
  if (!isSpeaking(item)) return [];
  const { prompt, turn, picture } = item.content;
  const problems = [...misnamed(turn?.media, "mp3"), ...misnamed(picture?.media, "svg|png|jpg")];
  if (/\blisten\b/i.test(prompt) !== (turn !== undefined))
    problems.push(
      turn ? "the prompt does not ask to listen to the turn" : "the prompt asks to listen, but there is no turn",
    );
  const asksToLook = /\blook at (?:the|these|this|two) pictures?\b|\bpictures? shows?\b/i.test(prompt);
  if (asksToLook !== (picture !== undefined))
    problems.push(
      picture ? "the prompt does not mention the picture" : "the prompt mentions a picture, but there is none",
    );
  return problems;
}
