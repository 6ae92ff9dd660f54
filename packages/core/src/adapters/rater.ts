import { agreementOf, quadraticKappa } from "@bandwise/evaluator/agreement";
import { calibrate } from "@bandwise/evaluator/calibration";
import { decideGate, gateLimits } from "@bandwise/evaluator/gate";
import { speakingModel } from "@bandwise/evaluator/models/speaking";
import { writingModel } from "@bandwise/evaluator/models/writing";
import { wholePackets } from "@bandwise/evaluator/speech/whole-packets";
import { createRaterPool } from "@bandwise/evaluator/threads";
import { featuresVersion, speechMeasuresOf, speechVersionOf, versionOf } from "@bandwise/evaluator/version";
import type { MachineRater } from "../kernel/context.ts";

/** @param threads each holds 0.4 GB once it rates; they start with the first question. */
export function createRater(threads: number): MachineRater {
  return {
    ...createRaterPool(threads),
    ...{ writingModel, featuresVersion, versionOf, speakingModel, speechMeasuresOf, speechVersionOf },
    ...{ calibrate, agreementOf, quadraticKappa, decideGate, gateLimits },
    wholePackets,
  };
}
