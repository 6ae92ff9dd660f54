import { z } from "zod";
import { defineCommand } from "../kernel/define.ts";
import { conflict } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { simulationFolder } from "../kernel/storage-keys.ts";
import { runSimulationJob, simulationInput, simulationResult } from "./assembly-schema.ts";
import { readProgramme, readSnapshot } from "./assembly-steps.ts";

/** The worker runs one at a time; a longer queue would only hide a mistake. */
const mostWaiting = 5;
const underWay = { in: ["waiting", "running"] } satisfies { in: ("waiting" | "running")[] };

/**
 * Asks the worker for a simulated future of the bank as it is now: a copy of what forms draw on is put aside, so that
 * nothing that changes meanwhile changes the answer.
 */
export const requestSimulation = defineCommand({
  name: "requestSimulation",
  permission: "bank:simulate",
  input: simulationInput,
  run: async (context, { programme: name, ...plan }) => {
    const { tx, ids, now, storage } = context;
    const { personId } = requirePerson(context.viewer);
    if ((await tx.simulation.count({ where: { status: underWay } })) >= mostWaiting) {
      throw conflict(`${mostWaiting} simulations are under way. Wait until one of them is done.`);
    }
    const { programme, sections } = await readProgramme(tx, name);
    const snapshot = await readSnapshot(tx, sections);
    const simulationId = ids.uuid();
    const key = `${simulationFolder(simulationId)}/snapshot.json`;
    await storage.put(key, Buffer.from(JSON.stringify(snapshot)));
    await tx.simulation.create({
      data: {
        id: simulationId,
        programmeId: programme.id,
        input: plan,
        total: plan.candidates,
        createdById: personId,
        createdAt: now,
      },
    });
    context.audit({
      subjectType: "simulation",
      subjectId: simulationId,
      detail: { programme: programme.id, candidates: plan.candidates, sittings: plan.sittings },
    });
    context.enqueue(runSimulationJob, { simulationId });
    return { simulationId };
  },
});

/** Ends a simulation that nobody waits for any more. The worker clears away what it has put aside. */
export const stopSimulation = defineCommand({
  name: "stopSimulation",
  permission: "bank:simulate",
  input: z.object({ simulationId: z.uuid() }),
  run: async (context, { simulationId }) => {
    const { tx, now } = context;
    const stopped = await tx.simulation.updateMany({
      where: { id: simulationId, status: underWay },
      data: { status: "failed", failure: "It was stopped before its end.", finishedAt: now },
    });
    if (stopped.count === 0) throw conflict("This simulation is no longer under way.");
    context.audit({ subjectType: "simulation", subjectId: simulationId });
    context.enqueue(runSimulationJob, { simulationId });
    return { simulationId };
  },
});

/**
 * Notes how far a simulation has come, and asks for the next stretch unless it has ended. A stretch counts only where it
 * began from what the row says: of two runs of one job one has an effect.
 */
export const recordSimulation = defineCommand({
  name: "recordSimulation",
  permission: "simulation:run",
  input: z.object({
    simulationId: z.uuid(),
    from: z.int().min(0),
    outcome: z.union([
      z.strictObject({ done: z.int().min(1) }),
      z.strictObject({ done: z.int().min(1), result: simulationResult }),
      z.strictObject({ failure: z.string().max(300) }),
    ]),
  }),
  // The row itself is the record; whoever asked for it stands in the audit already.
  audit: "ledger",
  run: async ({ tx, now, enqueue }, { simulationId, from, outcome }) => {
    const ended = "failure" in outcome ? "failed" : "result" in outcome ? "done" : null;
    const moved = await tx.simulation.updateMany({
      where: { id: simulationId, status: underWay, done: from },
      data: { ...outcome, status: ended ?? "running", ...(ended && { finishedAt: now }) },
    });
    if (moved.count === 0) return { recorded: false };
    if (ended === null) enqueue(runSimulationJob, { simulationId });
    return { recorded: true };
  },
});
