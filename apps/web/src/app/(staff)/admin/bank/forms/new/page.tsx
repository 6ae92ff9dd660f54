import { previewFormSet } from "@bandwise/core/bank/form-set-queries";
import { formSetLimits, previewFormSetInput } from "@bandwise/core/bank/form-set-schema";
import type { Metadata } from "next";
import { BankPlaces } from "@/features/bank/bank-places.tsx";
import { NewSetForm } from "@/features/bank/form-sets/new-set-form.tsx";
import { SetPreview } from "@/features/bank/form-sets/set-preview.tsx";
import { formSetsPath } from "@/features/bank/list-params.ts";
import { forPage } from "@/lib/guards.ts";
import { type StaffPageProps, staffPage } from "@/lib/staff-page.tsx";
import { LinkButton } from "@/ui/link-button.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam } from "@/ui/url.ts";

export const metadata: Metadata = { title: "New form set" };

export default staffPage("form-set:manage", "New form set", NewFormSetPage);

async function NewFormSetPage({ searchParams, context }: StaffPageProps) {
  const asked = await searchParams;
  const given = previewFormSetInput.safeParse(
    Object.fromEntries(
      Object.keys(previewFormSetInput.shape).flatMap((name) => {
        const value = firstParam(asked[name]);
        return value ? [[name, value]] : [];
      }),
    ),
  );
  // What an address says that was typed by hand and cannot be: the plan one begins with.
  const preview = await forPage(previewFormSet(context, given.success ? given.data : {}));
  const name = firstParam(asked.name)?.slice(0, 60) ?? "";
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title="New form set"
        note="Drawn by the programme’s blueprint, then made equally difficult."
        actions={
          <LinkButton href={formSetsPath} size="sm">
            All form sets
          </LinkButton>
        }
      />
      <BankPlaces viewer={context.viewer} current={formSetsPath} />
      <div className="py-4">
        <NewSetForm
          plan={preview.plan}
          name={name}
          programmes={preview.programmes}
          limits={formSetLimits}
          feasible={preview.outcome.ok}
        >
          <SetPreview preview={preview} name={name} />
        </NewSetForm>
      </div>
    </StaffPage>
  );
}
