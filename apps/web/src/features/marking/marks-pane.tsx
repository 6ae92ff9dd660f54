"use client";

import type { RubricFile } from "@bandwise/core/marking/schema";
import { TextArea } from "@/ui/text-area.tsx";
import { CriterionMarks } from "./criterion-marks.tsx";
import type { Marks } from "./marking-api.ts";
import { skillNames } from "./words.ts";

/** The rubric with this script's marks. */
export function MarksPane({
  rubric,
  measured,
  marks,
  active,
  disabled,
  onActivate,
  onChange,
}: {
  rubric: RubricFile;
  /** Criteria that are not asked for: a machine has measured them. */
  measured: readonly string[];
  marks: Marks;
  active: string | null;
  disabled: boolean;
  onActivate: (criterion: string) => void;
  onChange: (marks: Marks) => void;
}) {
  return (
    <>
      <div className="flex items-baseline justify-between gap-3 pt-3 pb-1.5">
        <h2 className="text-h2">Marks</h2>
        <p className="text-dense text-ink-3">
          {skillNames[rubric.skill]} rubric, version {rubric.version}
        </p>
      </div>
      {measured.length > 0 ? (
        <p className="pb-2.5 text-dense text-ink-2">
          Measured by the machine and not asked for: {measured.join(", ")}.
        </p>
      ) : null}
      {rubric.criteria.map((criterion, index) => (
        <CriterionMarks
          key={criterion.id}
          criterion={criterion}
          scale={rubric.scale}
          place={index + 1}
          mark={marks.scores[criterion.id] ?? null}
          active={active === criterion.id}
          disabled={disabled}
          onActivate={() => onActivate(criterion.id)}
          onMark={(mark) => onChange({ ...marks, scores: { ...marks.scores, [criterion.id]: mark } })}
        />
      ))}
      <div className="-mx-4 border-t border-line px-4 pt-3 desk:-mx-6 desk:px-6">
        <TextArea
          id="marking-comment"
          label={
            <>
              Comment for the record{" "}
              <span className="font-normal text-ink-3">(optional, not shown to the candidate)</span>
            </>
          }
          name="comment"
          rows={2}
          maxLength={4000}
          readOnly={disabled}
          value={marks.comment}
          onChange={(event) => onChange({ ...marks, comment: event.target.value })}
        />
      </div>
    </>
  );
}
