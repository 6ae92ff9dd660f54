import { type FormDetail, type FormSetDetail, getFormSet } from "@bandwise/core/bank/form-set-queries";
import { can } from "@bandwise/core/kernel/policy";
import { Printer } from "lucide-react";
import type { Metadata } from "next";
import { BankPlaces } from "@/features/bank/bank-places.tsx";
import { SetButtons } from "@/features/bank/form-sets/set-buttons.tsx";
import { FormItems, overlapWords, SetFigures } from "@/features/bank/form-sets/set-figures.tsx";
import { overlapNames, SetState } from "@/features/bank/form-sets/set-state.tsx";
import { bookletPath, formSetsPath } from "@/features/bank/list-params.ts";
import { difficultyText } from "@/features/bank/names.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { type Column, DataTable } from "@/ui/data-table.tsx";
import { DefinitionList } from "@/ui/definition-list.tsx";
import { formatClock, formatCount, formatDateTime } from "@/ui/format.ts";
import { LinkButton, TextLink } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export const metadata: Metadata = { title: "Form set" };

export default async function FormSetPage({ params }: { params: Promise<{ formSetId: string }> }) {
  const context = await requirePage("item:read");
  const set = await forPage(getFormSet(context, await params));
  const mayManage = can(context.viewer, "form-set:manage");
  const at = (instant: Date) => formatDateTime(instant, context.person.timeZone);
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title={set.name}
        note={<SetState state={set.state} trouble={set.trouble} asked={set.request !== null} />}
        actions={
          <>
            <LinkButton href={formSetsPath} size="sm">
              All form sets
            </LinkButton>
            {mayManage ? <SetButtons set={set} /> : null}
          </>
        }
      />
      <BankPlaces viewer={context.viewer} current={formSetsPath} />
      <div className="grid gap-5 py-4">
        <Standing set={set} at={at} />
        <DefinitionList
          dense
          className="grid max-w-[60rem] wide:grid-cols-2 wide:gap-x-8"
          items={[
            { term: "Programme", detail: `${set.programme.title}, version ${set.programme.version}` },
            { term: "In common", detail: overlapNames[set.overlap] },
            { term: "Tolerance", detail: `±${set.tolerance.toFixed(2)} logits in each section` },
            { term: "Made", detail: `${at(set.createdAt)}, ${set.createdBy}` },
            { term: "Published", detail: set.publishedAt ? at(set.publishedAt) : "not yet" },
            { term: "Drawn by", detail: `engine ${set.engineVersion}, seed ${set.seed}` },
          ]}
        />
        <section>
          <SectionHeader level="staff" title="Forms" note={overlapWords(set.forms)} />
          <DataTable
            caption="Forms of this set"
            rows={set.forms}
            rowKey={(form) => form.id}
            columns={formColumns(set.id, mayManage)}
            empty="This set has no forms."
          />
        </section>
        {set.sittings.length > 0 ? (
          <section>
            <SectionHeader level="staff" title="Sittings on this set" />
            <ul className="grid gap-1">
              {set.sittings.map((sitting) => (
                <li key={sitting.id}>
                  <TextLink href={`/admin/sittings/${sitting.id}`}>
                    {formatDateTime(sitting.startsAt, sitting.centre.timeZone)}
                  </TextLink>
                  , {sitting.centre.name}
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <SetFigures targets={set.targets} forms={set.forms} tolerance={set.tolerance} />
        <section>
          <SectionHeader level="staff" title="Items" note="In the order of delivery, with the reason for each" />
          {set.forms.map((form) => (
            <details key={form.id} className="border-t border-line py-1">
              <summary className="cursor-pointer py-1.5 font-medium">
                Form {form.label}, {formatCount(form.items.length, "item", "items")}
              </summary>
              <FormItems form={form} />
            </details>
          ))}
        </section>
      </div>
    </StaffPage>
  );
}

/** What stands in the way of using the set, and what happens next. */
function Standing({ set, at }: { set: FormSetDetail; at: (instant: Date) => string }) {
  return (
    <>
      {set.retiredAt ? (
        <Notice title={`Retired on ${at(set.retiredAt)}`}>
          <p>{set.retireReason}</p>
        </Notice>
      ) : null}
      {set.trouble.length > 0 ? (
        <Notice tone="bad" title="This set cannot be used">
          <ul className="list-disc pl-5">
            {set.trouble.map((sentence) => (
              <li key={sentence}>{sentence}.</li>
            ))}
          </ul>
          <p className="mt-1">
            {set.state === "draft"
              ? "Make it anew."
              : "Nobody can start on it. Give its sittings other forms, and make a new set."}
          </p>
        </Notice>
      ) : null}
      {set.request ? (
        <Notice tone="warn" title={`${set.request.by} asked on ${at(set.request.at)} to publish this set`}>
          <p>
            {set.request.own ? "A second admin decides, under " : "Decide under "}
            <TextLink href="/admin/approvals">Approvals</TextLink>.
          </p>
        </Notice>
      ) : null}
    </>
  );
}

function formColumns(formSetId: string, mayPrint: boolean): Column<FormDetail>[] {
  return [
    { id: "form", header: "Form", phone: "title", cell: (form) => <b>{form.label}</b> },
    { id: "items", header: "Items", align: "right", cell: (form) => form.items.length },
    { id: "mean", header: "Mean", align: "right", cell: (form) => difficultyText(form.overall.mean) },
    { id: "spread", header: "Spread", align: "right", cell: (form) => form.overall.spread.toFixed(2) },
    { id: "time", header: "Time of its tasks", align: "right", cell: (form) => formatClock(form.overall.seconds) },
    { id: "handed", header: "Handed out", align: "right", cell: (form) => form.handed },
    ...(mayPrint
      ? [
          {
            id: "print",
            header: <span className="sr-only">Print</span>,
            align: "right" as const,
            phone: "plain" as const,
            cell: (form: FormDetail) => (
              <LinkButton
                href={bookletPath(formSetId, form.id)}
                size="sm"
                icon={<Printer aria-hidden="true" />}
                aria-label={`Print form ${form.label}`}
              >
                Print
              </LinkButton>
            ),
          },
        ]
      : []),
  ];
}
