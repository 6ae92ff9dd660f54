import type { MachineScheme } from "@bandwise/core/marking/machine-schema";
import type { MachineRole, PolicyData, PolicyMode } from "@bandwise/core/marking/policy-schema";
import { formatMark } from "../../ui/format.ts";

export const machineWords: Readonly<Record<MachineRole, string>> = {
  off: "Not asked",
  advises: "Advises, seen after the mark",
  second: "Blind second marker beside one examiner",
};

/** What each does, before it is chosen. */
export const machineConsequence: Readonly<Record<MachineRole, string>> = {
  off: "Examiners mark writing alone.",
  advises:
    "It rates every answer in writing on its own. The examiner sees its marks, with what moved them, only after she has submitted hers; they count for nothing.",
  second:
    "It takes the place of a second examiner in writing. Neither sees the other’s marks before both are given. Where they lie further apart than the tolerance, or it has no mark, a second examiner is asked. Its mark enters the result only with a version that has passed the gate on your own data; until then the examiner’s counts alone. Candidates read where a machine’s mark counted, and may ask for a human.",
};

/** Machine and examiners side by side, as each examination has it. */
export const besideWords: Readonly<
  Record<MachineScheme, { what: string; on: string; off: string; nothingYet: string }>
> = {
  ielp: {
    what: "IELP writing",
    on: "The machine rates writing beside examiners",
    off: "No programme asks the machine",
    nothingYet:
      "Turn it on in the marking policy of a programme: it rates writing blind beside examiners. Agreement by criterion, version, level, first language, task and month appears with the first answers that both have rated.",
  },
  "iet-speaking": {
    what: "IET Speaking",
    on: "Examiners mark answers beside the machine",
    off: "No programme has examiners beside the machine",
    nothingYet:
      "A marking policy may send a sample of answers, or all, to two examiners as well. They do not see the machine’s scores, and theirs count. Agreement appears with the first answers that both have rated, and a version can be made of 200.",
  },
};

export const modeWords: Readonly<Record<PolicyMode, string>> = {
  single: "One mark",
  double: "Two marks, blind",
  sampled: "One mark, a sample twice",
  targeted: "One mark, twice where in doubt",
};

/** Where the machine rates first, the mode says which answers people mark as well. */
export const spokenModeWords: Readonly<Partial<Record<PolicyMode, string>>> = {
  single: "The machine alone; an examiner gives what it could not measure",
  sampled: "The machine, and a sample by two examiners as well",
  double: "The machine, and every answer by two examiners as well",
};

/** A policy as sentences. */
export function policyInWords(scheme: string, data: PolicyData): string[] {
  if (scheme === "iet-speaking") return spokenPolicyInWords(data);
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
    ...(scheme === "ielp" ? [machineSentence(data)] : []),
    qualification ? "Qualified examiners only." : "No qualification needed.",
  );
  return lines;
}

function machineSentence(data: PolicyData): string {
  return data.machine === "off"
    ? "The machine is not asked."
    : data.machine === "advises"
      ? "The machine rates writing; an examiner sees it once she has submitted, and it counts for nothing."
      : "The machine is the second marker of writing, blind; beyond tolerance, or without its mark, a second examiner is asked. It counts only with a version that passed the gate.";
}

function spokenPolicyInWords({ mode, samplePercent, tolerance, qualification }: PolicyData): string[] {
  const share = mode === "sampled" || mode === "targeted" ? `: ${samplePercent} %` : "";
  return [
    `${spokenModeWords[mode === "targeted" ? "sampled" : mode]}${share}.`,
    ...(mode === "single"
      ? []
      : [
          `Where examiners mark, they do not see the machine’s scores, and theirs count; further apart than ${tolerance.criterion} on a criterion or ${tolerance.mean} between the means, a senior examiner decides.`,
        ]),
    qualification ? "Qualified examiners only." : "No qualification needed.",
  ];
}
