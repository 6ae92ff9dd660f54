import { bankHealth } from "@bandwise/core/bank/health-queries";
import type { Metadata } from "next";
import { BankPlaces } from "@/features/bank/bank-places.tsx";
import { DueForReview, Overexposed, WriteNext } from "@/features/bank/health/health-lists.tsx";
import { HealthSections } from "@/features/bank/health/health-sections.tsx";
import { HealthVerdict } from "@/features/bank/health/health-verdict.tsx";
import { bankPath } from "@/features/bank/list-params.ts";
import { forPage } from "@/lib/guards.ts";
import { type StaffPageProps, staffPage } from "@/lib/staff-page.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { SegmentedLinks } from "@/ui/segmented.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, withParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Bank health" };

const path = `${bankPath}/health`;

export default staffPage("bank:health", "Bank health", BankHealthPage);

async function BankHealthPage({ searchParams, context }: StaffPageProps) {
  const asked = firstParam((await searchParams).programme) ?? "ielp";
  const { programme, programmes, health, overexposed, dueForReview } = await forPage(
    bankHealth(context, { programme: asked }),
  );
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title="Bank health"
        note="Whether the bank can carry a programme, what wears out, and what to write next."
      />
      <BankPlaces viewer={context.viewer} current={path} />
      <div className="py-3">
        <SegmentedLinks
          label="Programme"
          size="sm"
          options={programmes.map(({ name, title }) => ({
            href: withParams(path, {}, { programme: name }),
            label: title,
            current: name === programme.name,
          }))}
        />
      </div>
      <HealthVerdict title={programme.title} health={health} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8 desk:grid-cols-[minmax(0,1fr)_280px]">
        <HealthSections sections={health.sections} />
        <aside aria-label="What to do" className="grid content-start gap-6">
          <WriteNext entries={health.writeNext} />
          <Overexposed items={overexposed} />
          <DueForReview items={dueForReview} timeZone={context.person.timeZone} />
        </aside>
      </div>
    </StaffPage>
  );
}
