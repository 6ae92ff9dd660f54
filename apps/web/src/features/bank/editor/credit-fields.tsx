"use client";

import type { PartKey, Points } from "@bandwise/core/bank/schema";
import { useState } from "react";
import { Checkbox } from "@/ui/checkbox.tsx";
import { Choice, Line, Lines, Problem } from "./fields.tsx";

/** How much of the answer earns credit: each part that is right, all or nothing, or points for what was answered. */
export function CreditFields({
  keyAt,
  value,
  onChange,
}: {
  keyAt: string;
  value: PartKey;
  onChange: (key: PartKey) => void;
}) {
  return (
    <>
      {value.type === "choice" || value.type === "text-entry" ? null : (
        <Credit keyAt={keyAt} value={value} onChange={onChange} />
      )}
      {/* Opened where there is something to see. */}
      <details className="rounded-control border border-line px-3 py-2" open={value.points !== undefined || undefined}>
        <summary className="cursor-pointer font-semibold">Points for single answers</summary>
        <PointsFields
          keyAt={`${keyAt}.points`}
          points={value.points}
          help={pointsHelp[value.type]}
          onChange={(points) => {
            const { points: _, ...bare } = value;
            onChange(points === undefined ? bare : { ...bare, points });
          }}
        />
      </details>
    </>
  );
}

/** Credit for a part of the answer, or for the whole alone. */
export function Credit<Key extends { allOrNothing?: boolean | undefined }>({
  keyAt,
  value,
  onChange,
}: {
  keyAt: string;
  value: Key;
  onChange: (key: Key) => void;
}) {
  return (
    <Choice
      path={`${keyAt}.allOrNothing`}
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

/** What stands before the equals sign. */
const pointsHelp: Readonly<Record<PartKey["type"], string>> = {
  choice: "One option a line: a = 1",
  "multiple-response": "One option a line: a = 1",
  hottext: "One word a line: w1 = 1",
  matching: "One prompt and option a line: p1:a = 1",
  "gap-fill": "One gap and option a line: 1:a = 1",
  "inline-choice": "One gap and option a line: 1:a = 1",
  ordering: "One place and element a line: 1:a = 1",
  "text-entry": "One answer a line: tea = 1",
  cloze: "One gap and answer a line: 1:tea = 1",
};

function PointsFields({
  keyAt,
  points,
  help,
  onChange,
}: {
  keyAt: string;
  points: Points | undefined;
  help: string;
  onChange: (points: Points | undefined) => void;
}) {
  // A line that is half typed is not yet an entry: the text is kept as it stands.
  const [lines, setLines] = useState(() => linesOf(points?.values ?? {}));
  return (
    <div className="grid gap-3 pt-2">
      <Checkbox
        name={keyAt}
        checked={points !== undefined}
        onChange={(event) => {
          setLines("");
          onChange(event.target.checked ? { values: {}, otherwise: "0", max: "1" } : undefined);
        }}
      >
        Credit by points instead of right and wrong
      </Checkbox>
      {points ? (
        <>
          <Lines
            path={`${keyAt}.values`}
            label="Points"
            description={help}
            rows={4}
            value={lines}
            onChange={(text) => {
              setLines(text);
              onChange({ ...points, values: valuesIn(text) });
            }}
          />
          {Object.keys(points.values).map((name) => (
            <Problem key={name} path={`${keyAt}.values.${name}`} />
          ))}
          <div className="grid gap-3 wide:grid-cols-3">
            <Line
              path={`${keyAt}.otherwise`}
              label="Anything else"
              value={points.otherwise}
              onChange={(otherwise) => onChange({ ...points, otherwise })}
            />
            <Line
              path={`${keyAt}.min`}
              label="At least"
              value={points.min ?? "0"}
              onChange={(min) => onChange({ ...points, min })}
            />
            <Line
              path={`${keyAt}.max`}
              label="Full credit at"
              value={points.max}
              onChange={(max) => onChange({ ...points, max })}
            />
          </div>
        </>
      ) : null}
    </div>
  );
}

function linesOf(values: Points["values"]): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${value}`)
    .join("\n");
}

/** `name = value` a line; a line without a value keeps an empty one, which is refused when saved. */
function valuesIn(text: string): Points["values"] {
  const entries = text.split("\n").flatMap((line) => {
    const at = line.lastIndexOf("=");
    const name = (at < 0 ? line : line.slice(0, at)).trim();
    return name === ""
      ? []
      : [
          [
            name,
            at < 0
              ? ""
              : line
                  .slice(at + 1)
                  .trim()
                  .replace("−", "-"),
          ] as const,
        ];
  });
  return Object.fromEntries(entries);
}
