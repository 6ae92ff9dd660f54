import { getSimulation } from "@bandwise/core/bank/assembly-queries";
import { can } from "@bandwise/core/kernel/policy";
import type { Metadata } from "next";
import { stopSimulationAction } from "@/features/bank/assembly/simulation-actions.ts";
import { SimulationProgress } from "@/features/bank/assembly/simulation-progress.tsx";
import { SimulationOutcome } from "@/features/bank/assembly/simulation-result.tsx";
import { BankPlaces } from "@/features/bank/bank-places.tsx";
import { assemblyPath } from "@/features/bank/list-params.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { ErrorPanel } from "@/ui/error-panel.tsx";
import { formatCount, formatDateTime } from "@/ui/format.ts";
import { LinkButton } from "@/ui/link-button.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { withParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Simulation" };

export default async function SimulationPage({ params }: { params: Promise<{ simulationId: string }> }) {
  const context = await requirePage("item:read");
  const { simulationId } = await params;
  const simulation = await forPage(getSimulation(context, { simulationId }));
  const { programme, plan, status, done, total, result, failure } = simulation;
  const back = withParams(assemblyPath, {}, { programme: programme.name });
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title={`Simulation of ${programme.title}`}
        note={`${formatCount(plan.candidates, "candidate", "candidates")}, ${formatCount(plan.sittings, "sitting", "sittings")} each, on the bank of ${formatDateTime(simulation.createdAt, context.person.timeZone)}, seed ${plan.seed}`}
        actions={
          <LinkButton href={back} size="sm">
            All simulations
          </LinkButton>
        }
      />
      <BankPlaces viewer={context.viewer} current={assemblyPath} />
      {status === "failed" ? (
        <ErrorPanel title="The simulation has no result">
          <p>{failure} Nothing else was touched.</p>
        </ErrorPanel>
      ) : null}
      {status === "waiting" || status === "running" ? (
        <>
          <SimulationProgress done={done} total={total} waiting={status === "waiting"} />
          {can(context.viewer, "bank:simulate") ? (
            <ConfirmDialog
              triggerLabel="Stop"
              triggerSize="sm"
              title="Stop this simulation?"
              consequence={<p>What it has worked out so far is lost. The bank is not touched either way.</p>}
              confirmLabel="Stop it"
              cancelLabel="Go on"
              action={stopSimulationAction}
            >
              <input type="hidden" name="simulationId" value={simulationId} />
            </ConfirmDialog>
          ) : null}
        </>
      ) : null}
      {result ? <SimulationOutcome plan={plan} result={result} /> : null}
    </StaffPage>
  );
}
