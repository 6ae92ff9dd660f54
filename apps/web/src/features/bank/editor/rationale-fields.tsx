"use client";

import { answerSpace, rightOptions } from "@bandwise/core/bank/answer-space";
import type { PartInteraction } from "@bandwise/core/bank/schema";
import { type KeyedQuestion, keyedQuestions } from "../key-words.ts";
import type { Objective, WrongAnswer } from "./draft.ts";
import { AddButton, Choice, Group, Line, Lines, RowTools, replaced, without } from "./fields.tsx";

/** Why the key is right and every other answer wrong: for staff, and for the report after release. */
export function RationaleFields({
  item,
  wrongAnswers,
  onKey,
  onWrongAnswers,
}: {
  item: Objective;
  wrongAnswers: readonly WrongAnswer[];
  onKey: (key: string) => void;
  onWrongAnswers: (answers: WrongAnswer[]) => void;
}) {
  const questions = keyedQuestions(item.content.interaction, item.key);
  return (
    <Group title="Rationale" note="Staff only">
      <Lines
        path="rationale.key"
        label="Why the key is right"
        description="Quote or name the line."
        value={item.rationale.key}
        onChange={onKey}
      />
      {questions.map((question, index) => {
        const own = wrongAnswers.filter(({ name }) => name.startsWith(question.prefix));
        const others = wrongAnswers.filter(({ name }) => !name.startsWith(question.prefix));
        return (
          <div key={question.prefix} className="grid gap-2">
            {question.prefix === "" ? null : <p className="font-semibold">Part {index + 1}</p>}
            <WrongAnswers
              question={question}
              rows={own.map(({ name, why }) => ({ name: name.slice(question.prefix.length), why }))}
              onChange={(rows) =>
                onWrongAnswers([...others, ...rows.map(({ name, why }) => ({ name: question.prefix + name, why }))])
              }
            />
          </div>
        );
      })}
    </Group>
  );
}

function WrongAnswers({
  question: { prefix, interaction, key },
  rows,
  onChange,
}: {
  question: KeyedQuestion;
  rows: readonly WrongAnswer[];
  onChange: (answers: WrongAnswer[]) => void;
}) {
  const path = `rationale.distractors.${prefix}`;
  if (interaction.type === "choice" || interaction.type === "multiple-response") {
    const right = rightOptions(key);
    return interaction.options
      .filter(({ id }) => !right.includes(id))
      .map(({ id, text }) => (
        <Lines
          key={id}
          path={`${path}${id}`}
          label={`Why ${id.toUpperCase()} is wrong${text ? `: ${text}` : ""}`}
          rows={2}
          value={rows.find((row) => row.name === id)?.why ?? ""}
          onChange={(why) => onChange([...rows.filter((row) => row.name !== id), { name: id, why }])}
        />
      ));
  }
  const set = (index: number, row: WrongAnswer) => onChange(replaced(rows, index, row));
  return (
    <div className="grid gap-2">
      <p className="field-label">Wrong answers and why</p>
      {rows.map((row, index) => (
        <div key={index} className="grid gap-2 border-t border-line pt-2">
          <div className="flex items-end gap-2">
            <div className="min-w-0 flex-1">
              <WrongName
                interaction={interaction}
                path={`wrong.${prefix}${index}`}
                name={row.name}
                onChange={(name) => set(index, { ...row, name })}
              />
            </div>
            <RowTools
              what="wrong answer"
              index={index}
              count={1}
              onMove={() => undefined}
              onRemove={() => onChange(without(rows, index))}
            />
          </div>
          <Lines
            path={`${path}${row.name}`}
            label="Why it is wrong"
            rows={2}
            value={row.why}
            onChange={(why) => set(index, { ...row, why })}
          />
        </div>
      ))}
      <span>
        <AddButton
          onClick={() => onChange([...rows, { name: interaction.type === "ordering" ? "order" : "", why: "" }])}
        >
          Add a wrong answer
        </AddButton>
      </span>
    </div>
  );
}

function WrongName({
  interaction,
  path,
  name,
  onChange,
}: {
  interaction: PartInteraction;
  path: string;
  name: string;
  onChange: (name: string) => void;
}) {
  const space = answerSpace(interaction);
  if (space.kind === "pick") {
    return (
      <Choice
        path={path}
        label="Wrong words"
        placeholder="Choose"
        value={name}
        options={space.options.map(({ id, text }) => ({ value: id, label: text }))}
        onChange={onChange}
      />
    );
  }
  if (space.kind !== "place") {
    const label = interaction.type === "cloze" ? "Wrong answer, as 1:answer" : "Wrong answer";
    return <Line path={path} label={label} value={name} onChange={onChange} />;
  }
  const [place = "", option = ""] = name.split(":");
  const options = space.places.find(({ id }) => id === place)?.options ?? space.places[0]?.options ?? [];
  return (
    <div className="grid grid-cols-2 gap-2">
      <Choice
        path={`${path}.place`}
        label={interaction.type === "matching" ? "Prompt" : "Gap"}
        placeholder="Choose"
        value={place}
        options={space.places.map(({ id, label }) => ({ value: id, label }))}
        onChange={(next) => onChange(`${next}:${option}`)}
      />
      <Choice
        path={`${path}.option`}
        label="Wrong option"
        placeholder="Choose"
        value={option}
        options={options.map(({ id, text }) => ({ value: id, label: text || id }))}
        onChange={(next) => onChange(`${place}:${next}`)}
      />
    </div>
  );
}
