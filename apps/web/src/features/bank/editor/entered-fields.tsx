"use client";

import type { PartKey } from "@bandwise/core/bank/schema";
import { Choice, Figure, Lines } from "./fields.tsx";

type Entered = Pick<Extract<PartKey, { type: "text-entry" }>, "accepted" | "spellingTolerance" | "caseSensitive">;
type Spelling = "exact" | "slip" | "written";

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
  const spelling: Spelling = value.caseSensitive ? "written" : value.spellingTolerance === 1 ? "slip" : "exact";
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
          label="Spelling"
          value={spelling}
          options={[
            { value: "exact", label: "Exact; capitals and punctuation ignored" },
            { value: "slip", label: "One slip of a letter forgiven" },
            { value: "written", label: "As written, capitals and punctuation too" },
          ]}
          onChange={(chosen) =>
            onChange({
              accepted: value.accepted,
              spellingTolerance: chosen === "slip" ? 1 : 0,
              ...(chosen === "written" && { caseSensitive: true }),
            })
          }
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
