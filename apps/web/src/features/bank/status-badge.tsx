import type { ItemStatus } from "@bandwise/core/bank/life-cycle-rules";
import { Archive, Check, Eye, FlaskConical, Moon, PencilLine } from "lucide-react";
import { Badge } from "@/ui/badge.tsx";
import { nameOf, statusTones } from "./names.ts";

const icons = {
  draft: PencilLine,
  in_review: Eye,
  pretest: FlaskConical,
  active: Check,
  resting: Moon,
  retired: Archive,
} as const satisfies Record<ItemStatus, unknown>;

export function StatusBadge({ status }: { status: ItemStatus }) {
  const Icon = icons[status];
  return (
    <Badge tone={statusTones[status]} icon={<Icon className="ico" aria-hidden="true" />}>
      {nameOf(status)}
    </Badge>
  );
}
