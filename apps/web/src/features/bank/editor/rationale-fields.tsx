"use client";

import { gapIds } from "@bandwise/core/bank/marked-text";
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
  return (
    <Group title="Rationale" note="Staff only">
      <Lines
        path="rationale.key"
        label="Why the key is right"
        description="Quote or name the line."
        value={item.rationale.key}
        onChange={onKey}
      />
      <WrongAnswers item={item} rows={wrongAnswers} onChange={onWrongAnswers} />
    </Group>
  );
}

function WrongAnswers({
  item,
  rows,
  onChange,
}: {
  item: Objective;
  rows: readonly WrongAnswer[];
  onChange: (answers: WrongAnswer[]) => void;
}) {
  const { interaction } = item.content;
  const { key } = item;
  if (interaction.type === "choice" || interaction.type === "multiple-response") {
    const right = key.type === "choice" ? [key.correct] : key.type === "multiple-response" ? key.correct : [];
    return interaction.options
      .filter(({ id }) => !right.includes(id))
      .map(({ id, text }) => (
        <Lines
          key={id}
          path={`rationale.distractors.${id}`}
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
              <WrongName item={item} row={row} index={index} onChange={(name) => set(index, { ...row, name })} />
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
            path={`rationale.distractors.${row.name}`}
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
  item,
  row,
  index,
  onChange,
}: {
  item: Objective;
  row: WrongAnswer;
  index: number;
  onChange: (name: string) => void;
}) {
  const { interaction } = item.content;
  if (interaction.type !== "matching" && interaction.type !== "gap-fill") {
    return <Line path={`wrong.${index}`} label="Wrong answer" value={row.name} onChange={onChange} />;
  }
  const [place = "", option = ""] = row.name.split(":");
  const places =
    interaction.type === "matching"
      ? interaction.prompts.map(({ id, text }) => ({ value: id, label: text || id }))
      : [...new Set(gapIds(interaction.text))].map((id) => ({ value: id, label: `Gap ${id}` }));
  return (
    <div className="grid grid-cols-2 gap-2">
      <Choice
        path={`wrong.${index}.place`}
        label={interaction.type === "matching" ? "Prompt" : "Gap"}
        placeholder="Choose"
        value={place}
        options={places}
        onChange={(next) => onChange(`${next}:${option}`)}
      />
      <Choice
        path={`wrong.${index}.option`}
        label="Wrong option"
        placeholder="Choose"
        value={option}
        options={interaction.options.map(({ id, text }) => ({ value: id, label: text || id }))}
        onChange={(next) => onChange(`${place}:${next}`)}
      />
    </div>
  );
}
