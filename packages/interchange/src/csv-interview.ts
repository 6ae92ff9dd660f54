import { numberOf, plainLines } from "./csv-cells.ts";
import type { Interview, Question } from "./item-model.ts";

/**
 * The script of an interview as people type it, a cell a part, every line with its label: `seconds: 240-300`, `opening: …`,
 * `frame: …`, `lead: …`, `ask: …`, `follow-up: …`.
 */
type Line = readonly [label: string, text: string];

const typed = (lines: readonly Line[]): string => lines.map(([label, text]) => `${label}: ${text}`).join("\n");
const span = ({ minSeconds, maxSeconds }: { minSeconds: number; maxSeconds: number }): Line => [
  "seconds",
  `${minSeconds}-${maxSeconds}`,
];
const asked = (questions: readonly Question[]): Line[] =>
  questions.flatMap(({ ask, followUp }): Line[] => [
    ["ask", ask],
    ["follow-up", followUp],
  ]);

export function interviewText({ part1, part2, part3 }: Interview): Record<"part_1" | "part_2" | "part_3", string> {
  const { card, speakSeconds } = part2;
  return {
    part_1: typed([
      span(part1),
      ...part1.opening.map((text): Line => ["opening", text]),
      ...part1.frames.flatMap(({ topic, lead, questions }): Line[] => [
        ["frame", topic],
        ["lead", lead],
        ...asked(questions),
      ]),
    ]),
    part_2: typed([
      span(part2),
      ["lead", part2.lead],
      ["card", card.topic],
      ...card.points.map((point): Line => ["point", point]),
      ["explain", card.explain],
      ["prepare", String(part2.prepareSeconds)],
      ["speak", `${speakSeconds.min}-${speakSeconds.max}`],
      ...part2.roundingOff.map((text): Line => ["rounding off", text]),
    ]),
    part_3: typed([
      span(part3),
      ["lead", part3.lead],
      ...part3.themes.flatMap(({ theme, questions }): Line[] => [["theme", theme], ...asked(questions)]),
    ]),
  };
}

type Refuse = (message: string) => void;
interface Heading {
  readonly head: string;
  lead: string | undefined;
  readonly questions: { ask: string; followUp: string }[];
}

export function readPart1(cell: string, refuse: Refuse): Record<string, unknown> {
  const { seconds, all, headings } = readScript(cell, "frame", ["opening"], refuse);
  const frames = headings.map(({ head, lead, questions }) => ({ topic: head, lead, questions }));
  return { ...seconds, opening: all("opening"), frames };
}

export function readPart2(cell: string, refuse: Refuse): Record<string, unknown> {
  const labels = ["lead", "card", "point", "explain", "prepare", "speak", "rounding off"];
  const { seconds, all } = readScript(cell, null, labels, refuse);
  const one = (label: string): string | undefined => {
    const [first, second] = all(label);
    if (second !== undefined) refuse(`“${label}” stands twice`);
    return first;
  };
  return {
    ...{ ...seconds, lead: one("lead") },
    card: { topic: one("card"), points: all("point"), explain: one("explain") },
    prepareSeconds: numberOf(one("prepare") ?? ""),
    speakSeconds: rangeOf(one("speak") ?? "", "min", "max"),
    roundingOff: all("rounding off"),
  };
}

export function readPart3(cell: string, refuse: Refuse): Record<string, unknown> {
  const { seconds, all, headings } = readScript(cell, "theme", ["lead"], refuse);
  const themes = headings.map(({ head, questions }) => ({ theme: head, questions }));
  return { ...seconds, lead: all("lead").join(" "), themes };
}

interface Script {
  readonly seconds: Record<string, unknown>;
  /** What stands under a label before the first heading. */
  all(label: string): string[];
  readonly headings: readonly Heading[];
}

/** The lines of one part: facts by label, then headings with their lead and questions. What fits nowhere is refused by name. */
function readScript(cell: string, heading: string | null, labels: readonly string[], refuse: Refuse): Script {
  const facts: Line[] = [];
  const headings: Heading[] = [];
  for (const text of plainLines(cell)) {
    const [, label = "", said = ""] = /^([a-z-]+(?: off)?): (.+)$/.exec(text) ?? [];
    const under = headings.at(-1);
    const question = under?.questions.at(-1);
    if (label === heading) headings.push({ head: said, lead: undefined, questions: [] });
    else if (under === undefined && (label === "seconds" || labels.includes(label))) facts.push([label, said]);
    else if (under && heading === "frame" && label === "lead" && under.lead === undefined) under.lead = said;
    else if (under && label === "ask") under.questions.push({ ask: said, followUp: "" });
    else if (question?.followUp === "" && label === "follow-up") question.followUp = said;
    else refuse(`“${text.slice(0, 60)}” is not understood here`);
  }
  const all = (label: string): string[] => facts.filter(([own]) => own === label).map(([, said]) => said);
  return { seconds: rangeOf(all("seconds").join(" "), "minSeconds", "maxSeconds"), all, headings };
}

function rangeOf(text: string, least: string, most: string): Record<string, unknown> {
  const [, from = text, to = ""] = /^([0-9]+)\s*[-–]\s*([0-9]+)$/.exec(text) ?? [];
  return { [least]: numberOf(from), [most]: numberOf(to) };
}
