import { can, type Permission, type Viewer } from "@bandwise/core/kernel/policy";
import { NavTabs } from "@/ui/nav-tabs.tsx";
import { assemblyPath, bankPath, bulkEditsPath, formSetsPath, importPath, reviewPath } from "./list-params.ts";

const places: readonly { href: string; label: string; permission: Permission }[] = [
  { href: bankPath, label: "Items", permission: "item:read" },
  { href: reviewPath, label: "Review", permission: "item:read" },
  { href: bulkEditsPath, label: "Bulk edits", permission: "item:read" },
  { href: importPath, label: "Import and export", permission: "item:import" },
  { href: `${bankPath}/health`, label: "Health", permission: "bank:health" },
  { href: assemblyPath, label: "Assembly", permission: "item:read" },
  { href: formSetsPath, label: "Forms", permission: "item:read" },
];

/** The rooms of the item bank that this person may enter. */
export function BankPlaces({ viewer, current }: { viewer: Viewer; current: string }) {
  return (
    <NavTabs
      label="Item bank"
      tabs={places
        .filter((place) => can(viewer, place.permission))
        .map(({ href, label }) => ({ href, label, current: href === current }))}
    />
  );
}
