"use client";

import {
  type Answer,
  blankPart,
  freeId,
  interactionTypes,
  partTypes,
  withPartType,
  withType,
} from "./answer-drafts.ts";
import { Credit } from "./credit-fields.tsx";
import type { Objective } from "./draft.ts";
import { AddButton, Figure, Group, moved, Problem, RowTools, replaced, without } from "./fields.tsx";
import { PartFields, QuestionFields } from "./part-fields.tsx";

const at = "content.interaction";

/** Question, answers and key: what is right is marked where the answers stand. */
export function InteractionFields({ item, onChange }: { item: Objective; onChange: (answer: Answer) => void }) {
  const { interaction } = item.content;
  const { key } = item;
  const answer: Answer = { interaction, key };
  return (
    <Group title="Question and key">
      <QuestionFields
        at={at}
        types={interactionTypes}
        interaction={interaction}
        onType={(type) => onChange(withType(answer, type))}
        onStem={(stem) => onChange({ interaction: { ...interaction, stem }, key })}
      />
      {interaction.type === "composite" && key.type === "composite" ? (
        <CompositeFields interaction={interaction} answerKey={key} onChange={onChange} />
      ) : null}
      {interaction.type !== "composite" && key.type !== "composite" ? (
        <PartFields answer={{ interaction, key }} at={at} keyAt="key" onChange={onChange} />
      ) : null}
    </Group>
  );
}

/** Several questions, each with its own key and weight. */
function CompositeFields({
  interaction,
  answerKey: key,
  onChange,
}: {
  interaction: Extract<Answer["interaction"], { type: "composite" }>;
  answerKey: Extract<Answer["key"], { type: "composite" }>;
  onChange: (answer: Answer) => void;
}) {
  const { parts } = interaction;
  const setParts = (next: typeof parts) => onChange({ interaction: { ...interaction, parts: next }, key });
  return (
    <>
      {parts.map((part, index) => {
        const partAt = `${at}.parts.${index}.interaction`;
        const partKey = key.parts[part.id] ?? blankPart(part.interaction.type).key;
        const answer = { interaction: part.interaction, key: partKey };
        const set = (next: typeof answer) =>
          onChange({
            interaction: { ...interaction, parts: replaced(parts, index, { ...part, interaction: next.interaction }) },
            key: { ...key, parts: { ...key.parts, [part.id]: next.key } },
          });
        return (
          <fieldset key={part.id} className="grid min-w-0 gap-3 rounded-control border border-line p-2.5">
            <legend className="sr-only">Part {index + 1}</legend>
            <div className="flex items-center justify-between gap-2">
              <span className="text-dense text-ink-3">
                Part {index + 1} <span className="font-code">{part.id}</span>
              </span>
              <RowTools
                what="part"
                index={index}
                count={parts.length}
                onMove={(from, to) => setParts(moved(parts, from, to))}
                onRemove={(gone) => setParts(without(parts, gone))}
              />
            </div>
            <QuestionFields
              at={partAt}
              types={partTypes}
              interaction={part.interaction}
              onType={(type) => set(withPartType(answer, type))}
              onStem={(stem) => set({ ...answer, interaction: { ...part.interaction, stem } })}
            />
            <PartFields answer={answer} at={partAt} keyAt={`key.parts.${part.id}`} onChange={set} />
            <Figure
              path={`key.weights.${part.id}`}
              label="Counts how many times"
              min={1}
              max={1000}
              value={key.weights?.[part.id] ?? 1}
              onChange={(weight) =>
                onChange({ interaction, key: { ...key, weights: { ...key.weights, [part.id]: weight } } })
              }
            />
          </fieldset>
        );
      })}
      <Problem path={`${at}.parts`} />
      <Problem path="key.parts" />
      <Problem path="key" />
      <span>
        <AddButton
          onClick={() => {
            const id = freeId(parts, "p");
            const blank = blankPart("choice");
            onChange({
              interaction: { ...interaction, parts: [...parts, { id, interaction: blank.interaction }] },
              key: { ...key, parts: { ...key.parts, [id]: blank.key } },
            });
          }}
        >
          Add a part
        </AddButton>
      </span>
      <Credit keyAt="key" value={key} onChange={(next) => onChange({ interaction, key: next })} />
    </>
  );
}
