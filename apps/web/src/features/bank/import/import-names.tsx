import type { ImportRow } from "@bandwise/core/bank/import-queries";
import { CircleAlert, CircleCheck, LoaderCircle, TriangleAlert } from "lucide-react";
import { Badge } from "@/ui/badge.tsx";
import { formatCount } from "@/ui/format.ts";

const outcomes = {
  accepted: { label: "Accepted", tone: "ok", icon: CircleCheck },
  warnings: { label: "With warnings", tone: "warn", icon: TriangleAlert },
  rejected: { label: "Rejected", tone: "bad", icon: CircleAlert },
} as const;

export function OutcomeBadge({ outcome }: { outcome: string }) {
  const { label, tone, icon: Icon } = outcomes[outcome as keyof typeof outcomes] ?? outcomes.rejected;
  return (
    <Badge tone={tone} icon={<Icon aria-hidden="true" />}>
      {label}
    </Badge>
  );
}

const statuses = {
  checking: "Being checked",
  checked: "Waits for your decision",
  importing: "Being imported",
  done: "Imported",
  failed: "Could not be read",
  discarded: "Discarded",
} as const satisfies Record<ImportRow["status"], string>;

export function ImportStatus({ status }: { status: ImportRow["status"] }) {
  const busy = status === "checking" || status === "importing";
  const tone = status === "failed" ? "bad" : status === "done" ? "ok" : status === "checked" ? "accent" : "plain";
  return (
    <Badge
      tone={tone}
      icon={
        busy ? <LoaderCircle aria-hidden="true" /> : status === "failed" ? <CircleAlert aria-hidden="true" /> : null
      }
    >
      {statuses[status]}
    </Badge>
  );
}

const effects: Readonly<Record<string, string>> = {
  created: "New draft",
  "new-version": "New version",
  unchanged: "Unchanged",
  refused: "Refused",
};

export const effectName = (effect: string): string => effects[effect] ?? effect;

const counted: Readonly<Record<string, readonly [one: string, many: string]>> = {
  created: ["new draft", "new drafts"],
  "new-version": ["new version", "new versions"],
};

export const effectCount = (effect: string, count: number): string => {
  const [one, many] = counted[effect] ?? [effectName(effect).toLowerCase(), effectName(effect).toLowerCase()];
  return formatCount(count, one, many);
};
