"use client";

import { type MachineRole, machineRoles, type PolicyData, policyModes } from "@bandwise/core/marking/policy-schema";
import { useState } from "react";
import { Checkbox } from "@/ui/checkbox.tsx";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { Select } from "@/ui/select.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { publishPolicyAction } from "./lead-actions.ts";
import { machineConsequence, machineWords, modeWords, spokenModeWords } from "./policy-words.ts";

const levels = ["A", "B", "C"] as const;

/** A new version of how a programme is marked, for all of it or for one skill or level. */
export function PolicyDialog({
  programme,
  scheme,
  title,
  standard,
  versions,
}: {
  programme: string;
  scheme: string;
  title: string;
  standard: PolicyData;
  versions: readonly {
    skill: "writing" | "speaking" | null;
    level: string | null;
    version: number;
    data: PolicyData;
  }[];
}) {
  const [mode, setMode] = useState<string>(standard.mode);
  const [machine, setMachine] = useState<MachineRole>(standard.machine);
  const isSpoken = scheme === "iet-speaking";
  const modes = isSpoken ? policyModes.filter((known) => spokenModeWords[known] !== undefined) : policyModes;
  return (
    <ConfirmDialog
      triggerLabel="New version"
      triggerSize="sm"
      title={`How ${title} is marked`}
      consequence="Holds for scripts made from now on. Earlier ones keep the policy they have."
      confirmLabel="Publish"
      action={async (form) => {
        // What an examination has no field for stays as it was.
        const number = (name: string, kept: number) =>
          form.has(name) ? Number(String(form.get(name)).replace(",", ".")) : kept;
        const text = (name: string) => String(form.get(name) ?? "");
        const skill = (["writing", "speaking"] as const).find((known) => known === text("skill")) ?? null;
        const level = levels.find((known) => known === text("level")) ?? null;
        const after = Math.max(
          0,
          ...versions.filter((row) => row.skill === skill && row.level === level).map(({ version }) => version),
        );
        const chosen = policyModes.find((known) => known === text("mode")) ?? standard.mode;
        const answer = await publishPolicyAction({
          programme,
          skill,
          level,
          after,
          reason: text("reason"),
          data: {
            ...standard,
            mode: chosen,
            samplePercent: number("sample", standard.samplePercent),
            tolerance: {
              criterion: number("criterion", standard.tolerance.criterion),
              mean: number("mean", standard.tolerance.mean),
            },
            adjudicated: text("adjudicated") === "senior-and-nearest" ? "senior-and-nearest" : "senior",
            seeds: {
              ...standard.seeds,
              every: number("every", standard.seeds.every),
              misses: number("misses", standard.seeds.misses),
              graceMarks: number("grace", standard.seeds.graceMarks),
            },
            qualification: form.get("qualification") !== null,
            machine: machineRoles.find((role) => role === text("machine")) ?? standard.machine,
          },
        });
        return answer.ok ? { ok: true } : { ok: false, message: answer.message };
      }}
    >
      <div className="grid gap-3 wide:grid-cols-2">
        {scheme === "ielp" ? (
          <>
            <Select
              label="Skill"
              name="skill"
              defaultValue=""
              options={[
                { value: "", label: "Every skill" },
                { value: "writing", label: "Writing" },
                { value: "speaking", label: "Speaking" },
              ]}
            />
            <Select
              label="Level of task"
              name="level"
              defaultValue=""
              options={[
                { value: "", label: "Every level" },
                ...levels.map((level) => ({ value: level, label: `Level ${level}` })),
              ]}
            />
          </>
        ) : null}
        <Select
          label="Marking"
          name="mode"
          value={mode}
          onChange={(event) => setMode(event.target.value)}
          className={isSpoken ? "wide:col-span-2" : undefined}
          options={modes.map((known) => ({
            value: known,
            label: (isSpoken ? spokenModeWords[known] : undefined) ?? modeWords[known],
            // Between two examiners the machine has no say: it would be asked in vain.
            disabled: machine === "second" && known === "double",
          }))}
        />
        {mode === "sampled" || mode === "targeted" ? (
          <TextField
            label="Sampled, of a hundred"
            name="sample"
            inputMode="numeric"
            defaultValue={standard.samplePercent}
          />
        ) : null}
        <TextField
          label="Tolerance on a criterion"
          name="criterion"
          inputMode="decimal"
          defaultValue={standard.tolerance.criterion}
        />
        <TextField
          label="Tolerance on the mean"
          name="mean"
          inputMode="decimal"
          defaultValue={standard.tolerance.mean}
        />
        <Select
          label="After adjudication counts"
          name="adjudicated"
          defaultValue={standard.adjudicated}
          options={[
            { value: "senior", label: "The senior’s mark" },
            { value: "senior-and-nearest", label: "The senior’s and the nearest" },
          ]}
        />
        {scheme === "ielp" ? (
          <>
            <TextField
              label="One seed in (0: none)"
              name="every"
              inputMode="numeric"
              defaultValue={standard.seeds.every}
            />
            <TextField
              label="Misses that hold"
              name="misses"
              inputMode="numeric"
              defaultValue={standard.seeds.misses}
            />
            <TextField
              label="Marks of grace"
              name="grace"
              inputMode="numeric"
              defaultValue={standard.seeds.graceMarks}
            />
          </>
        ) : null}
      </div>
      {scheme === "ielp" ? (
        <Select
          label="The machine, for writing"
          name="machine"
          value={machine}
          onChange={({ target }) => {
            const role = machineRoles.find((known) => known === target.value) ?? "off";
            setMachine(role);
            if (role === "second" && mode === "double") setMode("single");
          }}
          options={machineRoles.map((role) => ({ value: role, label: machineWords[role] }))}
          description={machineConsequence[machine]}
        />
      ) : null}
      <Checkbox name="qualification" defaultChecked={standard.qualification}>
        Qualified examiners only
      </Checkbox>
      <TextField
        label="Why"
        name="reason"
        required
        minLength={3}
        maxLength={500}
        description="Kept with the version."
      />
    </ConfirmDialog>
  );
}
