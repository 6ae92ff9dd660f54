import type { FormSetRow } from "@bandwise/core/bank/form-set-queries";
import { CircleCheck, Hourglass, PencilLine, TriangleAlert, X } from "lucide-react";
import { Badge } from "@/ui/badge.tsx";

export const overlapNames = { none: "Nothing shared", anchors: "Anchors shared" } as const;

export function SetState({ state, asked, trouble }: Pick<FormSetRow, "state" | "asked" | "trouble">) {
  if (state === "retired") return <Badge icon={<X aria-hidden="true" />}>Retired</Badge>;
  if (trouble.length > 0) {
    return (
      <Badge tone="bad" icon={<TriangleAlert aria-hidden="true" />}>
        Cannot be used
      </Badge>
    );
  }
  if (state === "published") {
    return (
      <Badge tone="ok" icon={<CircleCheck aria-hidden="true" />}>
        Published
      </Badge>
    );
  }
  return asked ? (
    <Badge tone="warn" icon={<Hourglass aria-hidden="true" />}>
      Waits for a second person
    </Badge>
  ) : (
    <Badge tone="accent" icon={<PencilLine aria-hidden="true" />}>
      Draft
    </Badge>
  );
}
