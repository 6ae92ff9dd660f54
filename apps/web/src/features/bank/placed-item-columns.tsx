import { Anchor } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/ui/badge.tsx";
import type { Column } from "@/ui/data-table.tsx";
import { bankPath } from "./list-params.ts";
import { difficultyText, nameOf } from "./names.ts";

/** An item in its place in a form. */
interface PlacedItem {
  readonly itemId: string;
  readonly slug: string;
  readonly subSkill: string;
  readonly topic: string;
  readonly difficulty: number;
  readonly anchor: boolean;
  readonly reason: string;
}

/** What every table of a form's items shows; each table puts columns of its own between them. */
export const placedItemColumns = {
  item: {
    id: "item",
    header: "Item",
    cell: (item) => (
      <Link href={`${bankPath}/${item.itemId}`} className="link font-code" prefetch={false}>
        {item.slug}
      </Link>
    ),
  },
  subSkill: { id: "subSkill", header: "Sub-skill", cell: (item) => nameOf(item.subSkill) },
  topic: { id: "topic", header: "Topic", cell: (item) => nameOf(item.topic) },
  difficulty: {
    id: "difficulty",
    header: "Difficulty",
    align: "right",
    cell: (item) => difficultyText(item.difficulty),
  },
} as const satisfies Record<string, Column<PlacedItem>>;

/** Why the item stands there, its anchor role and what else is to be marked first. */
export function reasonColumn<Item extends PlacedItem>(mark?: (item: Item) => ReactNode): Column<Item> {
  return {
    id: "reason",
    header: "Why",
    phone: "plain",
    className: "w-full",
    cell: (item) => (
      <span className="flex flex-wrap items-center gap-x-2">
        {item.anchor ? (
          <Badge tone="accent" icon={<Anchor aria-hidden="true" />}>
            Anchor
          </Badge>
        ) : null}
        {mark?.(item)}
        <span className="text-ink-2">{item.reason}</span>
      </span>
    ),
  };
}
