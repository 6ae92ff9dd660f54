"use client";

import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { createContext, type ReactNode, useContext } from "react";
import { Button } from "@/ui/button.tsx";
import { FieldError } from "@/ui/field.tsx";
import { Select } from "@/ui/select.tsx";
import { TextArea } from "@/ui/text-area.tsx";
import { TextField } from "@/ui/text-field.tsx";

/** Field path → rule broken, as shown under the field. Empty until somebody tried to save. */
export const ProblemsContext = createContext<Readonly<Record<string, string>>>({});

export function useProblem(path: string): string | undefined {
  const problem = useContext(ProblemsContext)[path];
  return problem === undefined ? undefined : `This ${problem}.`;
}

interface Common {
  /** Where the value stands in the item: also the field's name. */
  path: string;
  label: string;
  description?: ReactNode;
  hideLabel?: boolean;
  className?: string;
}

export function Line({
  path,
  value,
  onChange,
  optional,
  code,
  ...rest
}: Common & {
  value: string;
  onChange: (value: string) => void;
  optional?: boolean;
  code?: boolean;
  readOnly?: boolean;
  placeholder?: string;
}) {
  return (
    <TextField
      {...rest}
      name={path}
      value={value}
      optional={optional}
      code={code}
      autoComplete="off"
      error={useProblem(path)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

export function Lines({
  path,
  value,
  onChange,
  rows = 3,
  ...rest
}: Common & {
  value: string;
  onChange: (value: string) => void;
  rows?: number;
  optional?: boolean;
  placeholder?: string;
}) {
  return (
    <TextArea
      {...rest}
      name={path}
      value={value}
      rows={rows}
      error={useProblem(path)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

export function Figure({
  path,
  value,
  onChange,
  ...rest
}: Common & { value: number; onChange: (value: number) => void; min?: number; max?: number; step?: number | "any" }) {
  return (
    <TextField
      {...rest}
      type="number"
      name={path}
      // An emptied field is not a number: it shows empty and is refused as missing.
      value={Number.isNaN(value) ? "" : value}
      error={useProblem(path)}
      onChange={(event) => onChange(event.target.valueAsNumber)}
    />
  );
}

export function Choice<Value extends string>({
  path,
  value,
  options,
  onChange,
  ...rest
}: Common & {
  value: Value | "";
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  placeholder?: string;
}) {
  return (
    <Select
      {...rest}
      name={path}
      value={value}
      options={options}
      error={useProblem(path)}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value);
        if (chosen) onChange(chosen.value);
      }}
    />
  );
}

export function Problem({ path }: { path: string }) {
  const problem = useProblem(path);
  return problem === undefined ? null : <FieldError id={`${path}-error`}>{problem}</FieldError>;
}

/** The place of each entry among the rest: by these it is moved, by this it is taken out. */
export function RowTools({
  index,
  count,
  what,
  onMove,
  onRemove,
}: {
  index: number;
  count: number;
  what: string;
  onMove: (from: number, to: number) => void;
  onRemove?: ((index: number) => void) | undefined;
}) {
  return (
    <span className="inline-flex flex-none">
      <Button
        variant="quiet"
        size="sm"
        iconOnly
        disabled={index === 0}
        aria-label={`Move ${what} ${index + 1} up`}
        icon={<ArrowUp className="ico" aria-hidden="true" />}
        onClick={() => onMove(index, index - 1)}
      />
      <Button
        variant="quiet"
        size="sm"
        iconOnly
        disabled={index === count - 1}
        aria-label={`Move ${what} ${index + 1} down`}
        icon={<ArrowDown className="ico" aria-hidden="true" />}
        onClick={() => onMove(index, index + 1)}
      />
      {onRemove === undefined ? null : (
        <Button
          variant="quiet"
          size="sm"
          iconOnly
          aria-label={`Remove ${what} ${index + 1}`}
          icon={<Trash2 className="ico" aria-hidden="true" />}
          onClick={() => onRemove(index)}
        />
      )}
    </span>
  );
}

export function AddButton({ children, onClick }: { children: ReactNode; onClick: () => void }) {
  return (
    <Button size="sm" icon={<Plus className="ico" aria-hidden="true" />} onClick={onClick}>
      {children}
    </Button>
  );
}

/** Short texts, one a row. `fixed`: their number belongs to the kind of item. */
export function TextList({
  path,
  label,
  what,
  value,
  onChange,
  fixed = false,
}: {
  path: string;
  label: string;
  /** One entry by name, as its buttons say it. */
  what: string;
  value: readonly string[];
  onChange: (value: string[]) => void;
  fixed?: boolean;
}) {
  return (
    <div className="grid gap-1.5">
      <p className="field-label">{label}</p>
      {value.map((text, index) => (
        <div key={index} className="flex items-start gap-2">
          <Line
            className="min-w-0 flex-1"
            path={`${path}.${index}`}
            label={`${what.charAt(0).toUpperCase()}${what.slice(1)} ${index + 1}`}
            hideLabel
            value={text}
            onChange={(changed) => onChange(replaced(value, index, changed))}
          />
          <span className="mt-1">
            <RowTools
              what={what}
              index={index}
              count={value.length}
              onMove={(from, to) => onChange(moved(value, from, to))}
              onRemove={fixed ? undefined : (gone) => onChange(without(value, gone))}
            />
          </span>
        </div>
      ))}
      <Problem path={path} />
      {fixed ? null : (
        <span>
          <AddButton onClick={() => onChange([...value, ""])}>
            Add {/^[aeiou]/.test(what) ? "an" : "a"} {what}
          </AddButton>
        </span>
      )}
    </div>
  );
}

export function Group({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <fieldset className="grid min-w-0 gap-3 border-t border-line-strong pt-3">
      <legend className="sr-only">{title}</legend>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3" aria-hidden="true">
        <span className="font-semibold">{title}</span>
        {note ? <span className="text-dense text-ink-3">{note}</span> : null}
      </p>
      {children}
    </fieldset>
  );
}

export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  const [taken] = next.splice(from, 1);
  if (taken !== undefined) next.splice(to, 0, taken);
  return next;
}

export function replaced<T>(list: readonly T[], index: number, value: T): T[] {
  return list.map((one, at) => (at === index ? value : one));
}

export function without<T>(list: readonly T[], index: number): T[] {
  return list.filter((_, at) => at !== index);
}
