"use server";

import { requestSimulation, stopSimulation } from "@bandwise/core/bank/assembly-commands";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { type ActionResult, runAction } from "@/lib/action.ts";
import { formText } from "../form-text.ts";
import { simulationPath } from "../list-params.ts";

export async function requestSimulationAction(
  _before: ActionResult<never> | null,
  form: FormData,
): Promise<ActionResult<never>> {
  return runAction(async (context) => {
    const { simulationId } = await requestSimulation(context, {
      programme: formText(form, "programme"),
      candidates: formText(form, "candidates"),
      sittings: formText(form, "sittings"),
      seed: formText(form, "seed"),
    });
    return redirect(simulationPath(simulationId));
  });
}

export async function stopSimulationAction(form: FormData): Promise<ActionResult<{ simulationId: string }>> {
  return runAction(async (context) => {
    const stopped = await stopSimulation(context, { simulationId: formText(form, "simulationId") });
    revalidatePath(simulationPath(stopped.simulationId));
    return stopped;
  });
}
