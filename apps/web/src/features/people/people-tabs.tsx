import { NavTabs } from "@/ui/nav-tabs.tsx";

export function PeopleTabs({ current }: { current: "people" | "invitations" }) {
  return (
    <NavTabs
      label="People"
      tabs={[
        { href: "/admin/people", label: "Accounts", current: current === "people" },
        { href: "/admin/people/invitations", label: "Open invitations", current: current === "invitations" },
      ]}
    />
  );
}
