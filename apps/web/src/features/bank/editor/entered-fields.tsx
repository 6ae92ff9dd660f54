"use client";

import type { PartKey } from "@bandwise/core/bank/schema";
import { Choice, Figure, Lines } from "./fields.tsx";

type Entered = Pick<
  Extract<PartKey, { type: "text-entry" }>,
  "accepted" | "spellingTolerance" | "caseSensitive" | "numeric"
>;

/** The ways to compare a typed answer, each as the fields of the key that mean it. */
const comparisons = {
  exact: { spellingTolerance: 0 },
  slip: { spellingTolerance: 1 },
  written: { spellingTolerance: 0, caseSensitive: true },
  number: { spellingTolerance: 0, numeric: true },
} as const satisfies Record<string, Omit<Entered, "accepted">>;
type Comparison = keyof typeof comparisons;

function comparisonOf({ spellingTolerance, caseSensitive, numeric }: Entered): Comparison {
  if (numeric) return "number";
  if (caseSensitive) return "written";
  return spellingTolerance === 1 ? "slip" : "exact";
}

/** What is accepted as a typed answer, how it is compared, and how long it may be. */
export function EnteredFields({
  keyAt,
  lengthAt,
  label,
  value,
  maxLength,
  onChange,
  onLength,
}: {
  keyAt: string;
  lengthAt: string;
  label: string;
  value: Entered;
  maxLength: number;
  onChange: (value: Entered) => void;
  onLength: (maxLength: number) => void;
}) {
  return (
    <>
      <Lines
        path={`${keyAt}.accepted`}
        label={label}
        description="One a line, every variant."
        rows={3}
        value={value.accepted.join("\n")}
        onChange={(text) => onChange({ ...value, accepted: text.split("\n") })}
      />
      <div className="grid gap-3 wide:grid-cols-2">
        <Choice
          path={`${keyAt}.spellingTolerance`}
          label="Compared"
          value={comparisonOf(value)}
          options={[
            { value: "exact", label: "Exact; capitals and punctuation ignored" },
            { value: "slip", label: "One slip of a letter forgiven" },
            { value: "written", label: "As written, capitals and punctuation too" },
            { value: "number", label: "As a number: 7, 07 and 7.0 are one answer" },
          ]}
          onChange={(chosen) => onChange({ accepted: value.accepted, ...comparisons[chosen] })}
        />
        <Figure
          path={lengthAt}
          label="Longest answer, in letters"
          min={1}
          max={80}
          value={maxLength}
          onChange={onLength}
        />
      </div>
    </>
  );
}
