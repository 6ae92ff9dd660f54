import { listSimulations, previewForm } from "@bandwise/core/bank/assembly-queries";
import { simulationLimits } from "@bandwise/core/bank/assembly-schema";
import { can } from "@bandwise/core/kernel/policy";
import type { Metadata } from "next";
import { FormPreviewResult } from "@/features/bank/assembly/form-preview.tsx";
import { SimulationForm } from "@/features/bank/assembly/simulation-form.tsx";
import { SimulationList } from "@/features/bank/assembly/simulation-list.tsx";
import { BankPlaces } from "@/features/bank/bank-places.tsx";
import { assemblyPath } from "@/features/bank/list-params.ts";
import { pageLinks } from "@/features/lists/page-links.ts";
import { forPage } from "@/lib/guards.ts";
import { type StaffPageProps, staffPage } from "@/lib/staff-page.tsx";
import { Button } from "@/ui/button.tsx";
import { formatInteger } from "@/ui/format.ts";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { SegmentedLinks } from "@/ui/segmented.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { firstParam, withParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Assembly" };

/** What an address says that was typed by hand, brought within what the query takes. */
function earlierOf(asked: string | undefined): number {
  return Math.min(simulationLimits.sittings, Math.max(0, Math.trunc(Number(asked)) || 0));
}

export default staffPage("item:read", "Assembly", AssemblyPage);

async function AssemblyPage({ searchParams, context }: StaffPageProps) {
  const asked = await searchParams;
  const programmeName = firstParam(asked.programme) ?? "ielp";
  const seed = firstParam(asked.seed)?.trim().slice(0, 60) || "1";
  const page = firstParam(asked.page);
  const [preview, simulations] = await forPage(
    Promise.all([
      previewForm(context, { programme: programmeName, earlier: earlierOf(firstParam(asked.earlier)), seed }),
      listSimulations(context, { programme: programmeName, pageSize: 10, ...(page && { page }) }),
    ]),
  );
  const { programme, programmes, poolSize } = preview;
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title="Assembly"
        note="The forms this bank gives, and how it would wear, before anybody sits."
      />
      <BankPlaces viewer={context.viewer} current={assemblyPath} />
      <div className="py-3">
        <SegmentedLinks
          label="Programme"
          size="sm"
          options={programmes.map(({ name, title }) => ({
            href: withParams(assemblyPath, {}, { programme: name }),
            label: title,
            current: name === programme.name,
          }))}
        />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8 desk:grid-cols-2">
        <section aria-labelledby="preview">
          <SectionHeader
            level="staff"
            id="preview"
            title="Preview a form"
            note={`From ${formatInteger(poolSize)} items in use`}
          />
          <form method="get" action={assemblyPath} className="grid max-w-xl gap-3">
            <input type="hidden" name="programme" value={programme.name} />
            <div className="grid grid-cols-2 gap-3">
              <TextField
                type="number"
                name="earlier"
                label="Earlier sittings"
                description="None is a fresh candidate."
                min={0}
                max={simulationLimits.sittings}
                defaultValue={preview.earlier}
                required
              />
              <TextField name="seed" label="Seed" defaultValue={seed} maxLength={60} code required />
            </div>
            <div>
              <Button type="submit">Preview</Button>
            </div>
          </form>
        </section>
        <section aria-labelledby="simulations">
          <SectionHeader level="staff" id="simulations" title="Simulations" />
          <div className="grid gap-4">
            {can(context.viewer, "bank:simulate") ? (
              <SimulationForm programme={programme.name} limits={simulationLimits} />
            ) : null}
            <SimulationList rows={simulations.rows} timeZone={context.person.timeZone} />
            {simulations.total > simulations.rows.length ? (
              <Pagination {...pageLinks(assemblyPath, asked, simulations)} />
            ) : null}
          </div>
        </section>
      </div>
      <div className="py-6">
        <FormPreviewResult preview={preview} />
      </div>
    </StaffPage>
  );
}
