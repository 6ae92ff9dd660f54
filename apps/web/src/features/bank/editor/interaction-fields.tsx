"use client";

import { gapIds } from "@bandwise/core/bank/marked-text";
import type { Interaction, ItemKey } from "@bandwise/core/bank/schema";
import { nameOf } from "../names.ts";
import { blankAnswer, freeId, interactionTypes, isLettered, type Objective } from "./draft.ts";
import {
  AddButton,
  Choice,
  Figure,
  Group,
  Line,
  Lines,
  moved,
  Problem,
  RowTools,
  replaced,
  without,
} from "./fields.tsx";

interface Answer {
  readonly interaction: Interaction;
  readonly key: ItemKey;
}
type Set = (answer: Answer) => void;
type Options = readonly { readonly id: string; readonly text: string }[];

const at = "content.interaction";

/** Question, answers and key: what is right is marked where the answers stand. */
export function InteractionFields({ item, onChange }: { item: Objective; onChange: Set }) {
  const { interaction } = item.content;
  const answer: Answer = { interaction, key: item.key };
  return (
    <Group title="Question and key">
      <Choice
        path={`${at}.type`}
        label="Type"
        value={interaction.type}
        options={interactionTypes.map((value) => ({ value, label: nameOf(value) }))}
        onChange={(type) => onChange(changeType(answer, type))}
      />
      <Lines
        path={`${at}.stem`}
        label="Stem"
        rows={2}
        value={interaction.stem}
        onChange={(stem) => onChange({ ...answer, interaction: { ...interaction, stem } })}
      />
      <AnswerFields answer={answer} onChange={onChange} />
      <Problem path="key" />
      <Problem path="key.correct" />
    </Group>
  );
}

/** The stem stays, and between the two lettered types the options and what is right too. */
function changeType({ interaction, key }: Answer, type: Interaction["type"]): Answer {
  const blank = blankAnswer(type, interaction.stem);
  if (!isLettered(interaction.type) || !isLettered(type) || !("options" in interaction)) return blank;
  if (blank.interaction.type === "choice" && key.type === "multiple-response") {
    return {
      interaction: { ...blank.interaction, options: interaction.options },
      key: { type: "choice", correct: key.correct[0] ?? "" },
    };
  }
  if (blank.interaction.type === "multiple-response" && key.type === "choice") {
    return {
      interaction: { ...blank.interaction, options: interaction.options },
      key: { type: "multiple-response", correct: key.correct === "" ? [] : [key.correct] },
    };
  }
  return { interaction, key };
}

function AnswerFields({ answer: { interaction, key }, onChange }: { answer: Answer; onChange: Set }) {
  if (interaction.type === "choice" && key.type === "choice") {
    return (
      <OptionRows
        path={`${at}.options`}
        title="Options"
        note="Mark the key"
        options={interaction.options}
        onChange={(options) => onChange({ interaction: { ...interaction, options }, key })}
        mark={{
          kind: "radio",
          isRight: (id) => key.correct === id,
          onMark: (id) => onChange({ interaction, key: { ...key, correct: id } }),
        }}
      />
    );
  }
  if (interaction.type === "multiple-response" && key.type === "multiple-response") {
    const mark = (id: string) => {
      const chosen = interaction.options
        .map((option) => option.id)
        .filter((one) => (one === id ? !key.correct.includes(id) : key.correct.includes(one)));
      onChange({
        interaction: { ...interaction, choose: Math.max(2, chosen.length) },
        key: { ...key, correct: chosen },
      });
    };
    return (
      <>
        <OptionRows
          path={`${at}.options`}
          title="Options"
          note={`Mark the keys: candidates choose ${interaction.choose}`}
          options={interaction.options}
          onChange={(options) => {
            const correct = key.correct.filter((id) => options.some((option) => option.id === id));
            onChange({ interaction: { ...interaction, options }, key: { ...key, correct } });
          }}
          mark={{ kind: "checkbox", isRight: (id) => key.correct.includes(id), onMark: mark }}
        />
        <Credit value={key} onChange={(next) => onChange({ interaction, key: next })} />
      </>
    );
  }
  if (interaction.type === "text-entry" && key.type === "text-entry") {
    return (
      <>
        <Lines
          path="key.accepted"
          label="Accepted answers"
          description="One a line, every variant. Capitals and punctuation are folded."
          rows={4}
          value={key.accepted.join("\n")}
          onChange={(text) => onChange({ interaction, key: { ...key, accepted: text.split("\n") } })}
        />
        <div className="grid gap-3 wide:grid-cols-2">
          <Choice
            path="key.spellingTolerance"
            label="Spelling"
            value={key.spellingTolerance === 1 ? "one" : "exact"}
            options={[
              { value: "exact", label: "Exact" },
              { value: "one", label: "One slip of a letter forgiven" },
            ]}
            onChange={(value) => onChange({ interaction, key: { ...key, spellingTolerance: value === "one" ? 1 : 0 } })}
          />
          <Figure
            path={`${at}.maxLength`}
            label="Longest answer, in letters"
            min={1}
            max={80}
            value={interaction.maxLength}
            onChange={(maxLength) => onChange({ interaction: { ...interaction, maxLength }, key })}
          />
        </div>
      </>
    );
  }
  if (interaction.type === "matching" && key.type === "matching") {
    return (
      <>
        <OptionRows
          path={`${at}.prompts`}
          title="Prompts"
          idPrefix="p"
          options={interaction.prompts}
          onChange={(prompts) => onChange({ interaction: { ...interaction, prompts }, key })}
        />
        <OptionRows
          path={`${at}.options`}
          title="Options"
          options={interaction.options}
          onChange={(options) => onChange({ interaction: { ...interaction, options }, key })}
        />
        <Placings
          places={interaction.prompts.map(({ id, text }) => ({ id, label: text || id }))}
          options={interaction.options}
          correct={key.correct}
          onChange={(correct) => onChange({ interaction, key: { ...key, correct } })}
        />
        <Credit value={key} onChange={(next) => onChange({ interaction, key: next })} />
      </>
    );
  }
  if (interaction.type === "gap-fill" && key.type === "gap-fill") {
    return (
      <>
        <Lines
          path={`${at}.text`}
          label="Text with gaps"
          description="Write a gap as [[1]], [[2]] and so on."
          rows={5}
          value={interaction.text}
          onChange={(text) => onChange({ interaction: { ...interaction, text }, key })}
        />
        <OptionRows
          path={`${at}.options`}
          title="Words to choose from"
          options={interaction.options}
          onChange={(options) => onChange({ interaction: { ...interaction, options }, key })}
        />
        <Placings
          places={[...new Set(gapIds(interaction.text))].map((id) => ({ id, label: `Gap ${id}` }))}
          options={interaction.options}
          correct={key.correct}
          onChange={(correct) => onChange({ interaction, key: { ...key, correct } })}
        />
        <Credit value={key} onChange={(next) => onChange({ interaction, key: next })} />
      </>
    );
  }
  if (interaction.type === "ordering" && key.type === "ordering") {
    const textOf = (id: string) => interaction.elements.find((element) => element.id === id)?.text || id;
    return (
      <>
        <OptionRows
          path={`${at}.elements`}
          title="Elements, as candidates first see them"
          options={interaction.elements}
          onChange={(elements) => {
            const ids = elements.map(({ id }) => id);
            const kept = key.correct.filter((id) => ids.includes(id));
            const correct = [...kept, ...ids.filter((id) => !kept.includes(id))];
            onChange({ interaction: { ...interaction, elements }, key: { ...key, correct } });
          }}
        />
        <div className="grid gap-1.5">
          <p className="field-label">The right order</p>
          <ol className="grid gap-1">
            {key.correct.map((id, index) => (
              <li key={id} className="flex items-center gap-2 border-t border-line py-1">
                <span className="w-5 text-ink-3 tabular-nums">{index + 1}</span>
                <span className="min-w-0 flex-1">{textOf(id)}</span>
                <RowTools
                  what="place"
                  index={index}
                  count={key.correct.length}
                  onMove={(from, to) =>
                    onChange({ interaction, key: { ...key, correct: moved(key.correct, from, to) } })
                  }
                />
              </li>
            ))}
          </ol>
        </div>
        <Credit value={key} onChange={(next) => onChange({ interaction, key: next })} />
      </>
    );
  }
  return null;
}

function OptionRows({
  path,
  title,
  note,
  options,
  idPrefix = "",
  onChange,
  mark,
}: {
  path: string;
  title: string;
  note?: string;
  options: Options;
  idPrefix?: string;
  onChange: (options: { id: string; text: string }[]) => void;
  mark?: { kind: "radio" | "checkbox"; isRight: (id: string) => boolean; onMark: (id: string) => void };
}) {
  const list = [...options];
  return (
    <div className="grid gap-1.5">
      <p className="flex items-baseline justify-between gap-3">
        <span className="field-label">{title}</span>
        {note ? <span className="text-dense text-ink-3">{note}</span> : null}
      </p>
      {list.map((option, index) => (
        <div key={option.id} className="flex items-start gap-2">
          {mark ? (
            <input
              type={mark.kind}
              name={`${path}-key`}
              className="mt-2.5 size-4 flex-none accent-accent"
              checked={mark.isRight(option.id)}
              aria-label={`${option.id.toUpperCase()} is right`}
              onChange={() => mark.onMark(option.id)}
            />
          ) : null}
          <span className="mt-2 w-6 flex-none font-code text-dense text-ink-3">{option.id}</span>
          <Line
            className="min-w-0 flex-1"
            path={`${path}.${index}.text`}
            label={`${title}: ${option.id}`}
            hideLabel
            value={option.text}
            onChange={(text) => onChange(replaced(list, index, { ...option, text }))}
          />
          <span className="mt-1">
            <RowTools
              what={title.toLowerCase()}
              index={index}
              count={list.length}
              onMove={(from, to) => onChange(moved(list, from, to))}
              onRemove={(gone) => onChange(without(list, gone))}
            />
          </span>
        </div>
      ))}
      <Problem path={path} />
      <span>
        <AddButton onClick={() => onChange([...list, { id: freeId(list, idPrefix), text: "" }])}>Add</AddButton>
      </span>
    </div>
  );
}

function Placings({
  places,
  options,
  correct,
  onChange,
}: {
  places: readonly { id: string; label: string }[];
  options: Options;
  correct: Readonly<Record<string, string>>;
  onChange: (correct: Record<string, string>) => void;
}) {
  return (
    <div className="grid gap-2">
      <p className="field-label">Key</p>
      {places.length === 0 ? <p className="text-dense text-ink-3">No gap is in the text yet.</p> : null}
      {places.map(({ id, label }) => (
        <Choice
          key={id}
          path={`key.correct.${id}`}
          label={label}
          placeholder="Choose"
          value={correct[id] ?? ""}
          options={options.map((option) => ({ value: option.id, label: option.text || option.id }))}
          onChange={(value) => onChange({ ...correct, [id]: value })}
        />
      ))}
    </div>
  );
}

/** Credit for a part of the answer, or for the whole alone. */
function Credit<Key extends { allOrNothing?: boolean | undefined }>({
  value,
  onChange,
}: {
  value: Key;
  onChange: (key: Key) => void;
}) {
  return (
    <Choice
      path="key.allOrNothing"
      label="Credit"
      value={value.allOrNothing ? "whole" : "parts"}
      options={[
        { value: "parts", label: "For each part that is right" },
        { value: "whole", label: "All or nothing" },
      ]}
      onChange={(credit) => {
        const { allOrNothing: _, ...rest } = value;
        onChange({ ...(rest as Key), ...(credit === "whole" && { allOrNothing: true }) });
      }}
    />
  );
}
