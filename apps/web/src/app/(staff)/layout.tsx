import { countOpenApprovals } from "@bandwise/core/audit/queries";
import { can } from "@bandwise/core/kernel/policy";
import { roleTitles } from "@bandwise/core/people/rules";
import type { ReactNode } from "react";
import { SignOutForm } from "@/features/people/sign-out-form.tsx";
import { homePath, staffPlaces } from "@/features/people/staff-nav.tsx";
import { requirePage } from "@/lib/guards.ts";
import { StaffShell } from "@/ui/staff-shell.tsx";

export default async function StaffLayout({ children }: { children: ReactNode }) {
  const context = await requirePage("staff:home");
  const { person, viewer } = context;
  const approvals = can(viewer, "approval:decide") ? await countOpenApprovals(context, {}) : 0;
  const nav = staffPlaces(viewer).map(({ permission: _permission, ...place }) =>
    place.href === "/admin/approvals" && approvals > 0 ? { ...place, count: approvals } : place,
  );
  const titles = person.roles.map((role) => roleTitles[role]);
  const userLinks = [
    ...(person.roles.includes("candidate") ? [{ href: "/home", label: "My exams" }] : []),
    { href: "/account", label: "My data" },
  ];
  return (
    <StaffShell
      nav={nav}
      user={{ name: person.name, detail: titles.join(", ") }}
      userLinks={userLinks}
      signOut={<SignOutForm />}
      homeHref={homePath(viewer)}
    >
      {children}
    </StaffShell>
  );
}
