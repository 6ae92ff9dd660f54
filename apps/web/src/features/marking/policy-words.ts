import type { MachineRole, PolicyData, PolicyMode } from "@bandwise/core/marking/policy-schema";
import { formatMark } from "../../ui/format.ts";

export const machineWords: Readonly<Record<MachineRole, string>> = {
  off: "Not asked",
  advises: "Advises, seen after the mark",
  second: "Second marker beside one examiner",
};

export const modeWords: Readonly<Record<PolicyMode, string>> = {
  single: "One mark",
  double: "Two marks, blind",
  sampled: "One mark, a sample twice",
  targeted: "One mark, twice where in doubt",
};

/** A policy as sentences. */
export function policyInWords(data: PolicyData): string[] {
  const { mode, samplePercent, targets, tolerance, seeds, adjudicated, qualification } = data;
  const lines = [
    `${modeWords[mode]}${mode === "sampled" || mode === "targeted" ? `: ${samplePercent} % sampled` : ""}.`,
  ];
  if (mode === "targeted") {
    const reasons = [
      targets.boundaryBands === null ? null : `a band within ${targets.boundaryBands} of the end of its CEFR row`,
      targets.jaggedBands === null ? null : `a band ${targets.jaggedBands} or more from the other skills`,
      targets.newExaminerMarks === null ? null : `an examiner’s first ${targets.newExaminerMarks} marks`,
    ].filter((reason) => reason !== null);
    lines.push(`A second mark for ${reasons.join(", ") || "no further reason"}.`);
  }
  lines.push(
    `Tolerance ${formatMark(tolerance.criterion)} on a criterion and ${tolerance.mean} between the means; beyond it a senior examiner decides${
      adjudicated === "senior" ? " alone" : ", with the nearest mark"
    }.`,
    seeds.every === 0
      ? "No seeds."
      : `One script in ${seeds.every} is a seed; ${seeds.misses} missed of the last ${seeds.window} hold the queue, after ${seeds.graceMarks} marks of grace.`,
    data.machine === "off"
      ? "The machine is not asked."
      : data.machine === "advises"
        ? "The machine rates writing; an examiner sees it once she has submitted, and it counts for nothing."
        : "The machine is the second marker of writing, blind; beyond tolerance, or without its mark, a second examiner is asked. It counts only with a version that passed the gate.",
    qualification ? "Qualified examiners only." : "No qualification needed.",
  );
  return lines;
}
