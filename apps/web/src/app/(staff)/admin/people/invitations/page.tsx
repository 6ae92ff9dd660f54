import { pageInput } from "@bandwise/core/kernel/page";
import { listInvitations } from "@bandwise/core/people/queries";
import type { Metadata } from "next";
import { pageLinks } from "@/features/lists/page-links.ts";
import { InvitationButtons } from "@/features/people/invitation-buttons.tsx";
import { InviteDialog } from "@/features/people/invite-dialog.tsx";
import { PeopleTabs } from "@/features/people/people-tabs.tsx";
import { RoleList } from "@/features/people/person-badges.tsx";
import { requirePage } from "@/lib/guards.ts";
import { Badge } from "@/ui/badge.tsx";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatShortDate } from "@/ui/format.ts";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Invitations" };

export default async function InvitationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const context = await requirePage("person:manage");
  const given = pageInput.safeParse({ page: firstParam(params.page) });
  const list = await listInvitations(context, given.success ? given.data : {});
  const zone = context.person.timeZone;
  return (
    <StaffPage>
      <PageHeader level="staff" title="People" actions={<InviteDialog />} />
      <PeopleTabs current="invitations" />
      <DataTable
        caption="Invitations nobody has accepted yet"
        rows={list.rows}
        rowKey={(invitation) => invitation.id}
        columns={[
          { id: "email", header: "E-mail", cell: (invitation) => invitation.email },
          { id: "name", header: "Name", cell: (invitation) => invitation.name || "–" },
          {
            id: "roles",
            header: "Roles",
            cell: (invitation) => <RoleList grants={invitation.roles.map((role) => ({ role }))} />,
          },
          { id: "sent", header: "Sent", cell: (invitation) => formatShortDate(invitation.createdAt, zone) },
          {
            id: "until",
            header: "Works until",
            cell: (invitation) =>
              invitation.expired ? <Badge tone="warn">Expired</Badge> : formatShortDate(invitation.expiresAt, zone),
          },
          {
            id: "do",
            header: <span className="sr-only">Actions</span>,
            align: "right",
            phone: "plain",
            cell: (invitation) => <InvitationButtons invitationId={invitation.id} email={invitation.email} />,
          },
        ]}
        empty={<EmptyState title="No open invitations">Everyone invited has joined.</EmptyState>}
      />
      <Pagination {...pageLinks("/admin/people/invitations", params, list)} />
    </StaffPage>
  );
}
