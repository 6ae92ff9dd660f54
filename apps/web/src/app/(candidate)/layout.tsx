import { can } from "@bandwise/core/kernel/policy";
import type { ReactNode } from "react";
import { SignOutForm } from "@/features/people/sign-out-form.tsx";
import { homePath } from "@/features/people/staff-nav.tsx";
import { requirePage } from "@/lib/guards.ts";
import { PublicShell } from "@/ui/public-shell.tsx";

/** The frame of a candidate's own pages. "My data" is everybody's, so staff may pass through here too. */
export default async function CandidateLayout({ children }: { children: ReactNode }) {
  const { person, viewer } = await requirePage("account:own");
  const nav = can(viewer, "result:own")
    ? [
        { href: "/home", label: "Home" },
        { href: "/results", label: "Results" },
        { href: "/certificates", label: "Certificates" },
        { href: "/practice", label: "Practice" },
        { href: "/account", label: "My data" },
      ]
    : [{ href: "/account", label: "My data" }];
  const userLinks = can(viewer, "staff:home") ? [{ href: homePath(viewer), label: "Staff pages" }] : [];
  return (
    <PublicShell
      nav={nav}
      user={{ name: person.name, detail: person.email }}
      userLinks={userLinks}
      signOut={<SignOutForm />}
      footer
    >
      {children}
    </PublicShell>
  );
}
