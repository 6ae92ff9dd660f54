import { NavTabs } from "@/ui/nav-tabs.tsx";

const tabs = [
  { href: "/admin/marking", label: "Quality" },
  { href: "/admin/marking/examiners", label: "Examiners" },
  { href: "/admin/marking/policies", label: "Policies" },
  { href: "/admin/machine", label: "Machine" },
] as const;

export function LeadTabs({ current }: { current: (typeof tabs)[number]["href"] }) {
  return <NavTabs label="Marking quality" tabs={tabs.map((tab) => ({ ...tab, current: tab.href === current }))} />;
}
