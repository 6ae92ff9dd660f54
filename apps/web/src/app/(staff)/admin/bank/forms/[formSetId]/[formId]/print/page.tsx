import { showFormKeys } from "@bandwise/core/bank/form-set-commands";
import { getFormBooklet } from "@bandwise/core/bank/form-set-queries";
import type { Metadata } from "next";
import { CandidatePages, StaffPages } from "@/features/bank/form-sets/booklet.tsx";
import { bookletPath, formSetPath } from "@/features/bank/list-params.ts";
import { PrintButton } from "@/features/results/print-button.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";
import { LinkButton } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { SegmentedLinks } from "@/ui/segmented.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Print a form" };

export default async function PrintFormPage({
  params,
  searchParams,
}: {
  params: Promise<{ formSetId: string; formId: string }>;
  searchParams: Promise<SearchParams>;
}) {
  const context = await requirePage("form-set:manage");
  const { formSetId, formId } = await params;
  const keys = firstParam((await searchParams).part) === "keys";
  const here = bookletPath(formSetId, formId);
  const pages = keys ? (
    // A command: that the keys were shown is written down.
    <StaffPages booklet={await forPage(showFormKeys(context, { formSetId, formId }))} />
  ) : (
    <CandidatePages booklet={await forPage(getFormBooklet(context, { formSetId, formId }))} />
  );
  return (
    <StaffPage>
      <div className="booklet-aside grid gap-4 pb-6">
        <PageHeader
          level="staff"
          title="Print a form"
          note="A4; every page carries the form’s name and its number."
          actions={
            <>
              <LinkButton href={formSetPath(formSetId)}>Back to the set</LinkButton>
              <PrintButton size="md" />
            </>
          }
        />
        <SegmentedLinks
          label="Which booklet"
          size="sm"
          className="justify-self-start"
          options={[
            { href: here, label: "Candidate’s booklet", current: !keys },
            { href: `${here}?part=keys`, label: "Keys and transcripts", current: keys },
          ]}
        />
        {keys ? (
          <Notice tone="warn" title="For staff alone">
            <p>That you have opened the keys of this form stands in the audit record.</p>
          </Notice>
        ) : null}
      </div>
      {pages}
    </StaffPage>
  );
}
