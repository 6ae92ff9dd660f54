import { allLevels, type BankItem, type PartInteraction, type Points } from "@bandwise/core/bank/schema";
import { Check, X } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/ui/badge.tsx";
import { answerName, creditNotes, type KeyedQuestion, keyedQuestions, rightAnswers } from "./key-words.ts";

/** What only staff may see: the key with its reason, and why each wrong answer is wrong. */
export function AnswerKey({ item }: { item: BankItem }) {
  if (item.skill === "writing" || item.skill === "speaking") {
    return (
      <Part title="Notes for markers">
        <p className="whitespace-pre-line">{item.rationale.markerNotes}</p>
        {item.skill === "writing" ? (
          <p className="mt-2 text-ink-2">
            Reader: {item.content.reader} Purpose: {item.content.purpose}
          </p>
        ) : null}
        {spokenTurns(item).map((turn, index) => (
          <p key={index} className="mt-2 text-ink-2">
            {turn.speaker} (voice {turn.voice}): “{turn.text}”
          </p>
        ))}
      </Part>
    );
  }
  const questions = keyedQuestions(item.content.interaction, item.key);
  return (
    <>
      <Part title="Key">
        {questions.map((question, index) => (
          <div key={question.prefix} className="mb-3">
            {question.prefix === "" ? null : (
              <p className="mb-1 text-ink-2">
                {index + 1}. {question.interaction.stem}
              </p>
            )}
            <ul className="grid gap-1">
              {rightAnswers(question.interaction, question.key).map((text, at) => (
                <li key={at} className="flex items-baseline gap-2 font-semibold">
                  <Check className="ico relative top-0.5 flex-none text-ok" aria-hidden="true" />
                  {text}
                </li>
              ))}
            </ul>
            {question.key.points ? (
              <PointsTable interaction={question.interaction} points={question.key.points} />
            ) : null}
            <p className="mt-1.5 flex flex-wrap gap-1.5">
              {creditNotes(question.key).map((note) => (
                <Badge key={note}>{note}</Badge>
              ))}
              {question.weight === 1 ? null : <Badge>Counts {question.weight} times</Badge>}
            </p>
          </div>
        ))}
        {item.key.type === "composite" && item.key.allOrNothing ? <Badge>All parts or nothing</Badge> : null}
        <p className="mt-2 text-ink-2">{item.rationale.key}</p>
      </Part>
      <Part title="Why the others are wrong">
        <dl className="grid gap-2">
          {Object.entries(item.rationale.distractors).map(([name, why]) => (
            <div key={name}>
              <dt className="flex items-baseline gap-2 font-semibold">
                <X className="ico relative top-0.5 flex-none text-bad" aria-hidden="true" />
                {describeWrong(questions, name)}
              </dt>
              <dd className="pl-6 text-ink-2">{why}</dd>
            </div>
          ))}
        </dl>
      </Part>
      {item.skill === "listening" ? (
        <Part title="Transcript">
          <div className="grid gap-1.5">
            {item.content.stimulus.turns.map((turn, index) => (
              <p key={index}>
                <b>{turn.speaker}</b> <span className="text-ink-3">({turn.voice})</span> {turn.text}
              </p>
            ))}
          </div>
        </Part>
      ) : null}
    </>
  );
}

/** What a candidate hears in a speaking task. */
function spokenTurns(item: BankItem): readonly { speaker: string; voice: string; text: string }[] {
  if (item.skill !== "speaking") return [];
  if (item.level === allLevels) return item.content.type === "dialogue" ? item.content.turns : [];
  return item.content.turn ? [item.content.turn] : [];
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t border-line py-3 text-dense first:border-t-0">
      <h3 className="mb-1.5 text-ui font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function PointsTable({ interaction, points }: { interaction: PartInteraction; points: Points }) {
  return (
    <table className="mt-1.5 w-full text-dense">
      <caption className="sr-only">Points</caption>
      <tbody>
        {[...Object.entries(points.values), [null, points.otherwise] as const].map(([name, value]) => (
          <tr key={name} className="border-t border-line">
            <th scope="row" className="py-1 pr-3 text-left font-normal">
              {name === null ? "Anything else" : answerName(interaction, name)}
            </th>
            <td className="py-1 text-right">{value.replace("-", "−")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function describeWrong(questions: readonly KeyedQuestion[], name: string): string {
  const index = questions.findIndex(({ prefix }) => name.startsWith(prefix));
  const question = questions[index];
  if (!question) return name;
  const described = answerName(question.interaction, name.slice(question.prefix.length));
  return question.prefix === "" ? described : `${index + 1}: ${described}`;
}
