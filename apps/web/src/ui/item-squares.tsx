"use client";

import { Flag } from "lucide-react";
import { classNames } from "./class-names.ts";

export type ItemSquare = {
  id: string;
  /** What stands in the square: a number. */
  label: string;
  answered: boolean;
  flagged: boolean;
  current: boolean;
};

/** The row of numbered squares that leads to each item: filled when answered, ringed when open, flagged with a flag. */
export function ItemSquares({
  label,
  items,
  onSelect,
  itemName = "Item",
  className,
}: {
  label: string;
  items: readonly ItemSquare[];
  onSelect: (id: string) => void;
  itemName?: string | undefined;
  className?: string | undefined;
}) {
  return (
    <nav aria-label={label} className={classNames("item-squares", className)}>
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          className="item-square"
          data-answered={item.answered ? "" : undefined}
          aria-current={item.current ? "step" : undefined}
          aria-label={`${itemName} ${item.label}, ${item.answered ? "answered" : "not answered"}${item.flagged ? ", flagged" : ""}`}
          onClick={() => onSelect(item.id)}
        >
          {item.label}
          {item.flagged ? <Flag className="item-flag" aria-hidden="true" /> : null}
        </button>
      ))}
    </nav>
  );
}
