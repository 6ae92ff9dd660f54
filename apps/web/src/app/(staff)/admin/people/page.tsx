import { roles } from "@bandwise/core/kernel/policy";
import { listPeople } from "@bandwise/core/people/queries";
import { roleTitles } from "@bandwise/core/people/rules";
import { listPeopleInput } from "@bandwise/core/people/schema";
import type { Metadata } from "next";
import { pageLinks } from "@/features/lists/page-links.ts";
import { InviteDialog } from "@/features/people/invite-dialog.tsx";
import { PeopleTabs } from "@/features/people/people-tabs.tsx";
import { RoleList, StatusBadge } from "@/features/people/person-badges.tsx";
import { requirePage } from "@/lib/guards.ts";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { FilterBar, FilterSearch, FilterSelect } from "@/ui/filter-bar.tsx";
import { formatShortDate } from "@/ui/format.ts";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "People" };

const statuses = [
  { value: "active", label: "Active" },
  { value: "suspended", label: "Suspended" },
  { value: "erased", label: "Erased" },
];

export default async function PeoplePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const context = await requirePage("person:manage");
  // A filter nobody offers (an old or edited address) counts as none.
  const given = listPeopleInput.safeParse({
    page: firstParam(params.page),
    search: firstParam(params.search),
    role: firstParam(params.role) || undefined,
    status: firstParam(params.status) || undefined,
  });
  const filters = given.success ? given.data : listPeopleInput.parse({});
  const list = await listPeople(context, filters);
  const filtered = filters.search !== "" || filters.role !== undefined || filters.status !== undefined;
  return (
    <StaffPage>
      <PageHeader level="staff" title="People" actions={<InviteDialog />} />
      <PeopleTabs current="people" />
      <FilterBar resetHref={filtered ? "/admin/people" : undefined}>
        <FilterSearch name="search" label="Search name or e-mail" defaultValue={filters.search || undefined} />
        <FilterSelect
          name="role"
          label="Any role"
          options={roles.map((role) => ({ value: role, label: roleTitles[role] }))}
          defaultValue={filters.role}
        />
        <FilterSelect name="status" label="Any status" options={statuses} defaultValue={filters.status} />
      </FilterBar>
      <DataTable
        caption="People with an account"
        rows={list.rows}
        rowKey={(person) => person.id}
        rowHref={(person) => `/admin/people/${person.id}`}
        columns={[
          { id: "name", header: "Name", cell: (person) => person.name },
          { id: "email", header: "E-mail", cell: (person) => person.email ?? "–", phone: "plain" },
          { id: "roles", header: "Roles", cell: (person) => <RoleList grants={person.roles} /> },
          {
            id: "status",
            header: "Status",
            cell: (person) => <StatusBadge status={person.status} emailVerifiedAt={person.emailVerifiedAt} />,
          },
          {
            id: "totp",
            header: "Second factor",
            cell: (person) => (person.totpEnabledAt === null ? <span className="text-ink-3">Off</span> : "On"),
            phone: "hide",
          },
          {
            id: "since",
            header: "Since",
            align: "right",
            cell: (person) => formatShortDate(person.createdAt, context.person.timeZone),
            phone: "hide",
          },
        ]}
        empty={
          <EmptyState title="Nobody fits">
            {filtered ? "Change or clear the filters." : "Invite the first people with the button above."}
          </EmptyState>
        }
      />
      <Pagination {...pageLinks("/admin/people", params, list)} />
    </StaffPage>
  );
}
