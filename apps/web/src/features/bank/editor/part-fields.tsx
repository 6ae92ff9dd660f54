"use client";

import { answerSpace } from "@bandwise/core/bank/answer-space";
import { hotWords } from "@bandwise/core/bank/marked-text";
import type { Interaction, PartInteraction } from "@bandwise/core/bank/schema";
import { nameOf } from "../names.ts";
import { type PartAnswer, withText } from "./answer-drafts.ts";
import { CreditFields } from "./credit-fields.tsx";
import { EnteredFields } from "./entered-fields.tsx";
import { Choice, Lines, moved, Problem, RowTools, replaced } from "./fields.tsx";
import { OptionRows, Placings, WordMarks } from "./option-rows.tsx";

type Props = { answer: PartAnswer; at: string; keyAt: string; onChange: (answer: PartAnswer) => void };

/** Type and stem: what every question has, several parts under one stem too. */
export function QuestionFields<Type extends Interaction["type"]>({
  at,
  types,
  interaction,
  onType,
  onStem,
}: {
  at: string;
  types: readonly Type[];
  interaction: { readonly type: Type; readonly stem: string };
  onType: (type: Type) => void;
  onStem: (stem: string) => void;
}) {
  return (
    <>
      <Choice
        path={`${at}.type`}
        label="Type"
        value={interaction.type}
        options={types.map((value) => ({ value, label: nameOf(value) }))}
        onChange={onType}
      />
      <Lines path={`${at}.stem`} label="Stem" rows={2} value={interaction.stem} onChange={onStem} />
    </>
  );
}

/** What is offered, what is right and how it is credited: the key is marked where the answers stand. */
export function PartFields({ answer, at, keyAt, onChange }: Props) {
  return (
    <>
      <AnswerFields answer={answer} at={at} keyAt={keyAt} onChange={onChange} />
      <CreditFields
        // Another type has other things to give points to.
        key={answer.key.type}
        keyAt={keyAt}
        value={answer.key}
        onChange={(key) => onChange({ ...answer, key })}
      />
      <Problem path={keyAt} />
      <Problem path={`${keyAt}.correct`} />
    </>
  );
}

const textHelp: Readonly<Partial<Record<PartInteraction["type"], string>>> = {
  hottext: "Write words to pick as [[w1|has gone]], [[w2|yesterday]] and so on.",
};

function MarkedText({ answer, at, onChange }: Pick<Props, "answer" | "at" | "onChange">) {
  const { interaction } = answer;
  if (!("text" in interaction)) return null;
  return (
    <Lines
      path={`${at}.text`}
      label="Text"
      description={textHelp[interaction.type] ?? "Write a gap as [[1]], [[2]] and so on."}
      rows={5}
      value={interaction.text}
      onChange={(text) => onChange(withText(answer, text))}
    />
  );
}

function AnswerFields({ answer, at, keyAt, onChange }: Props) {
  const { interaction, key } = answer;
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
      const correct = toggled(interaction.options, key.correct, id);
      onChange({ interaction: { ...interaction, choose: Math.max(2, correct.length) }, key: { ...key, correct } });
    };
    return (
      <OptionRows
        path={`${at}.options`}
        title="Options"
        note={`Mark the keys: candidates choose up to ${interaction.choose}`}
        options={interaction.options}
        onChange={(options) => {
          const correct = key.correct.filter((id) => options.some((option) => option.id === id));
          onChange({ interaction: { ...interaction, options }, key: { ...key, correct } });
        }}
        mark={{ kind: "checkbox", isRight: (id) => key.correct.includes(id), onMark: mark }}
      />
    );
  }
  if (interaction.type === "hottext" && key.type === "hottext") {
    const words = hotWords(interaction.text);
    const mark = (id: string) => {
      const correct = toggled(words, key.correct, id);
      onChange({ interaction: { ...interaction, choose: Math.max(1, correct.length) }, key: { ...key, correct } });
    };
    return (
      <>
        <MarkedText answer={answer} at={at} onChange={onChange} />
        <WordMarks
          path={at}
          words={words}
          mark={{ kind: "checkbox", isRight: (id) => key.correct.includes(id), onMark: mark }}
        />
      </>
    );
  }
  if (interaction.type === "text-entry" && key.type === "text-entry") {
    return (
      <EnteredFields
        keyAt={keyAt}
        lengthAt={`${at}.maxLength`}
        label="Accepted answers"
        value={key}
        maxLength={interaction.maxLength}
        onChange={(entered) =>
          onChange({
            interaction,
            key: { ...entered, type: "text-entry", ...(key.points && { points: key.points }) },
          })
        }
        onLength={(maxLength) => onChange({ interaction: { ...interaction, maxLength }, key })}
      />
    );
  }
  if (interaction.type === "cloze" && key.type === "cloze") {
    return (
      <>
        <MarkedText answer={answer} at={at} onChange={onChange} />
        {interaction.gaps.map((gap, index) => (
          <div key={gap.id} className="grid gap-2 border-t border-line pt-2">
            <EnteredFields
              keyAt={`${keyAt}.gaps.${gap.id}`}
              lengthAt={`${at}.gaps.${index}.maxLength`}
              label={`Gap ${gap.id}: accepted answers`}
              value={key.gaps[gap.id] ?? { accepted: [], spellingTolerance: 0 }}
              maxLength={gap.maxLength}
              onChange={(entered) =>
                onChange({ interaction, key: { ...key, gaps: { ...key.gaps, [gap.id]: entered } } })
              }
              onLength={(maxLength) =>
                onChange({
                  interaction: { ...interaction, gaps: replaced(interaction.gaps, index, { ...gap, maxLength }) },
                  key,
                })
              }
            />
          </div>
        ))}
        <Problem path={`${at}.gaps`} />
        <Problem path={`${keyAt}.gaps`} />
      </>
    );
  }
  if (interaction.type === "inline-choice" && key.type === "inline-choice") {
    return (
      <>
        <MarkedText answer={answer} at={at} onChange={onChange} />
        {interaction.gaps.map((gap, index) => (
          <OptionRows
            key={gap.id}
            path={`${at}.gaps.${index}.options`}
            title={`Gap ${gap.id}`}
            note="Mark the key"
            options={gap.options}
            onChange={(options) =>
              onChange({
                interaction: { ...interaction, gaps: replaced(interaction.gaps, index, { ...gap, options }) },
                key,
              })
            }
            mark={{
              kind: "radio",
              isRight: (id) => key.correct[gap.id] === id,
              onMark: (id) => onChange({ interaction, key: { ...key, correct: { ...key.correct, [gap.id]: id } } }),
            }}
          />
        ))}
        <Problem path={`${at}.gaps`} />
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
      </>
    );
  }
  if (
    (interaction.type === "matching" && key.type === "matching") ||
    (interaction.type === "gap-fill" && key.type === "gap-fill")
  ) {
    const space = answerSpace(interaction);
    return (
      <>
        {interaction.type === "matching" ? (
          <OptionRows
            path={`${at}.prompts`}
            title="Prompts"
            idPrefix="p"
            options={interaction.prompts}
            onChange={(prompts) => onChange({ interaction: { ...interaction, prompts }, key })}
          />
        ) : (
          <MarkedText answer={answer} at={at} onChange={onChange} />
        )}
        <OptionRows
          path={`${at}.options`}
          title={interaction.type === "matching" ? "Options" : "Words to choose from"}
          options={interaction.options}
          onChange={(options) => onChange({ interaction: { ...interaction, options }, key })}
        />
        <Placings
          keyAt={keyAt}
          places={space.kind === "place" ? space.places : []}
          correct={key.correct}
          onChange={(correct) => onChange({ interaction, key: { ...key, correct } })}
        />
      </>
    );
  }
  return null;
}

/** The right ones in the order of the options, with one marked or unmarked. */
function toggled(options: readonly { readonly id: string }[], correct: readonly string[], id: string): string[] {
  return options
    .map((option) => option.id)
    .filter((one) => (one === id ? !correct.includes(id) : correct.includes(one)));
}
