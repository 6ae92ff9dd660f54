import { setImmediate } from "node:timers/promises";
import type { Context } from "../kernel/context.ts";
import { handleJob, type JobHandler, type Sweep } from "../kernel/jobs.ts";
import { simulationFolder } from "../kernel/storage-keys.ts";
import { recordSimulation } from "./assembly-commands.ts";
import { simulationToRun } from "./assembly-queries.ts";
import { runSimulationJob, type SimulationPlan } from "./assembly-schema.ts";
import { rollUpListedExposure } from "./commands.ts";
import { restOverexposedItems } from "./health-commands.ts";
import { type BankSnapshot, createSimulator, freshState, type SimulationState, summarise } from "./simulation-rules.ts";

/** Well within the time after which a job counts as dead, and short enough for the bar to move. */
const stretchMilliseconds = 5_000;

async function readJson<T>(context: Context, key: string): Promise<T> {
  return JSON.parse(Buffer.from(await context.storage.get(key)).toString()) as T;
}

/** One stretch of a simulation: from the stored state as far as the time goes. */
async function simulateStretch(
  context: Context,
  snapshot: BankSnapshot,
  plan: SimulationPlan,
  start: SimulationState,
): Promise<SimulationState> {
  const simulator = createSimulator(snapshot, plan, start);
  const until = context.clock.now().getTime() + stretchMilliseconds;
  do {
    simulator.sitNext();
    // The worker’s clocks go on between two candidates.
    await setImmediate();
  } while (simulator.state().candidates < plan.candidates && context.clock.now().getTime() < until);
  return simulator.state();
}

export const bankJobs: readonly JobHandler[] = [
  handleJob(runSimulationJob, async (context, { simulationId }) => {
    const simulation = await simulationToRun(context, { simulationId });
    const folder = simulationFolder(simulationId);
    if (!simulation) {
      // Stopped, or ended by another run.
      await context.storage.deleteFolder(folder);
      return;
    }
    const { plan, done: from } = simulation;
    const snapshot = await readJson<BankSnapshot>(context, `${folder}/snapshot.json`);
    const start =
      from === 0
        ? freshState(snapshot, plan)
        : await readJson<SimulationState>(context, `${folder}/state-${from}.json`);
    let state: SimulationState;
    try {
      state = await simulateStretch(context, snapshot, plan, start);
    } catch (error) {
      // The same snapshot and seed fail again however often they are tried.
      context.log.error({ err: error, simulationId }, "simulation failed");
      await recordSimulation(context, {
        simulationId,
        from,
        outcome: { failure: "The engine stopped with an error; the log tells more." },
      });
      return;
    }
    const done = state.candidates;
    if (done < plan.candidates) {
      // Under its own name: whichever of two runs is first, what it noted is what the next one reads.
      await context.storage.put(`${folder}/state-${done}.json`, Buffer.from(JSON.stringify(state)));
      await recordSimulation(context, { simulationId, from, outcome: { done } });
      return;
    }
    await recordSimulation(context, { simulationId, from, outcome: { done, result: summarise(snapshot, state) } });
    await context.storage.deleteFolder(folder);
  }),
];

export const bankSweeps: readonly Sweep[] = [
  {
    name: "bank.rest-overexposed",
    everySeconds: 3600,
    run: async (context) => {
      await restOverexposedItems(context, {});
    },
  },
  {
    // Exposure in lists is at most this old.
    name: "bank.listing",
    everySeconds: 20,
    run: async (context) => {
      await rollUpListedExposure(context, {});
    },
  },
];
