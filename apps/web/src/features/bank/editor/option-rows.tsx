"use client";

import { freeId } from "./answer-drafts.ts";
import { AddButton, Choice, Line, moved, Problem, RowTools, replaced, without } from "./fields.tsx";

type Options = readonly { readonly id: string; readonly text: string }[];

/** How the right ones are marked where they stand. */
export interface KeyMark {
  readonly kind: "radio" | "checkbox";
  readonly isRight: (id: string) => boolean;
  readonly onMark: (id: string) => void;
}

export function OptionRows({
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
  mark?: KeyMark;
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

export function Placings({
  keyAt,
  places,
  correct,
  onChange,
}: {
  keyAt: string;
  places: readonly { readonly id: string; readonly label: string; readonly options: Options }[];
  correct: Readonly<Record<string, string>>;
  onChange: (correct: Record<string, string>) => void;
}) {
  return (
    <div className="grid gap-2">
      <p className="field-label">Key</p>
      {places.length === 0 ? <p className="text-dense text-ink-3">No gap is in the text yet.</p> : null}
      {places.map(({ id, label, options }) => (
        <Choice
          key={id}
          path={`${keyAt}.correct.${id}`}
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

/** Words that stand in the text already: they are only marked here. */
export function WordMarks({ path, words, mark }: { path: string; words: Options; mark: KeyMark }) {
  return (
    <fieldset className="grid gap-1.5">
      <legend className="field-label mb-1.5">Key</legend>
      {words.length === 0 ? <p className="text-dense text-ink-3">No words to pick are in the text yet.</p> : null}
      {words.map((word) => (
        <label key={word.id} className="flex items-center gap-2.5">
          <input
            type={mark.kind}
            name={`${path}-key`}
            className="size-4 flex-none accent-accent"
            checked={mark.isRight(word.id)}
            onChange={() => mark.onMark(word.id)}
          />
          <span className="w-8 font-code text-dense text-ink-3">{word.id}</span>
          {word.text}
        </label>
      ))}
    </fieldset>
  );
}
