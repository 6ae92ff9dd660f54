import { numberOf, plainLines } from "./csv-cells.ts";
import type { Turn } from "./item-model.ts";

/**
 * What is said in recordings, a turn a line: `Anna (slt, 300 ms): Hello.` with the voice and the pause after it, or
 * `Anna (slt, hello.mp3, 2.5 s, answer 20 s): Hello.` where the turn is a recording of its own. Below a turn that listens for
 * something stand the words and what is asked without any of them: `? today, tomorrow: When will you come?`
 */
type AnyTurn = Turn & {
  readonly pauseAfterMs?: number;
  readonly media?: string;
  readonly durationSeconds?: number;
  readonly answerSeconds?: number;
  readonly listensFor?: { readonly words: readonly string[]; readonly otherwise: string } | undefined;
};

export function turnsText(turns: readonly AnyTurn[]): string {
  return turns.map(turnText).join("\n");
}

function turnText(turn: AnyTurn): string {
  const { speaker, voice, text, pauseAfterMs, media, durationSeconds, answerSeconds, listensFor } = turn;
  const facts = [
    voice,
    ...(pauseAfterMs === undefined ? [] : [`${pauseAfterMs} ms`]),
    ...(media === undefined ? [] : [media]),
    ...(durationSeconds === undefined ? [] : [`${durationSeconds} s`]),
    ...(answerSeconds === undefined ? [] : [`answer ${answerSeconds} s`]),
  ];
  const cue = listensFor ? `\n? ${listensFor.words.join(", ")}: ${listensFor.otherwise}` : "";
  return `${speaker} (${facts.join(", ")}): ${text}${cue}`;
}

const cueLine = /^\?\s*([^:]+): (.*)$/;
const line = /^([^:()]+?)\s*(?:\(([^()]*)\))?: (.*)$/;

/** A line without a speaker goes on with the turn before it; a fact that is none of the known ones stands as the voice, which the schema refuses. */
export function readTurns(cell: string): Record<string, unknown>[] {
  const turns: { speaker: string; facts: Record<string, unknown>; text: string }[] = [];
  for (const typed of plainLines(cell)) {
    const [, words, otherwise] = cueLine.exec(typed) ?? [];
    const asked = turns.at(-1);
    if (words !== undefined && asked) {
      asked.facts.listensFor = { words: words.split(",").map((word) => word.trim()), otherwise };
      continue;
    }
    const [, speaker, facts, text = ""] = line.exec(typed) ?? [];
    const last = turns.at(-1);
    if (speaker !== undefined) turns.push({ speaker, facts: readFacts(facts), text });
    else if (last) last.text = `${last.text} ${typed}`;
    else turns.push({ speaker: "", facts: {}, text: typed });
  }
  return turns.map(({ speaker, facts, text }) => ({ speaker, ...facts, text }));
}

function readFacts(cell: string | undefined): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  for (const fact of cell?.split(",").map((part) => part.trim()) ?? []) {
    const [, answer, count, unit] = /^(answer )?([0-9.]+) (ms|s)$/.exec(fact) ?? [];
    if (count !== undefined && unit === "ms") facts.pauseAfterMs = numberOf(count);
    else if (count !== undefined) facts[answer === undefined ? "durationSeconds" : "answerSeconds"] = numberOf(count);
    else if (fact.includes(".")) facts.media = fact;
    else facts.voice = facts.voice === undefined ? fact : `${String(facts.voice)}, ${fact}`;
  }
  return facts;
}
