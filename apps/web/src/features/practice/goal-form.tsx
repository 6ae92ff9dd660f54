"use client";

import { useActionState } from "react";
import { Button } from "@/ui/button.tsx";
import { Checkbox } from "@/ui/checkbox.tsx";
import { FormError } from "@/ui/notice.tsx";
import { Select } from "@/ui/select.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { setGoalAction } from "./actions.ts";
import { weekdayWords } from "./words.ts";

interface Goal {
  readonly level: string;
  /** `2026-03-02` */
  readonly until: string | null;
  readonly weekdays: readonly number[];
  readonly tasksADay: number;
}

const levels = ["A1", "A2", "B1", "B2", "C1", "C2"].map((level) => ({ value: level, label: level }));

export function GoalForm({ goal }: { goal: Goal | null }) {
  const [result, action, pending] = useActionState(setGoalAction, null);
  return (
    <form action={action} className="grid gap-4">
      <FormError>{result && !result.ok ? result.message : null}</FormError>
      <div className="grid gap-4 wide:grid-cols-3">
        <Select label="Level to reach" name="level" options={levels} defaultValue={goal?.level ?? "B2"} />
        <TextField label="By" name="until" type="date" optional defaultValue={goal?.until ?? ""} />
        <TextField
          label="Tasks a day"
          name="tasksADay"
          type="number"
          min={1}
          max={20}
          defaultValue={String(goal?.tasksADay ?? 2)}
        />
      </div>
      <fieldset className="flex flex-wrap gap-x-5 gap-y-2">
        <legend className="mb-2 text-ink-2">Days</legend>
        {weekdayWords.map((word, index) => (
          <Checkbox
            key={word}
            name="weekdays"
            value={index + 1}
            defaultChecked={goal ? goal.weekdays.includes(index + 1) : index < 5}
          >
            {word}
          </Checkbox>
        ))}
      </fieldset>
      <div className="flex items-center gap-3">
        <Button type="submit" busy={pending}>
          Keep this goal
        </Button>
        {result?.ok ? <span role="status">Kept.</span> : null}
      </div>
    </form>
  );
}
