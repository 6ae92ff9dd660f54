import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** A row of figures between two hairlines, parted by hairlines. */
export function StatStrip({ children }: { children: ReactNode }) {
  return <dl className="stat-strip">{children}</dl>;
}

export function StatTile({
  label,
  value,
  note,
  tone = "plain",
}: {
  label: ReactNode;
  value: ReactNode;
  /** Under the figure: its context, or a link to act on it. */
  note?: ReactNode;
  tone?: "plain" | "bad" | undefined;
}) {
  return (
    <div className="stat-tile" data-tone={tone}>
      <dt>
        {tone === "bad" ? <TriangleAlert className="size-3.5" aria-hidden="true" /> : null}
        {label}
      </dt>
      <dd>
        <span className="stat-value">{value}</span>
        {note ? <span className="stat-note">{note}</span> : null}
      </dd>
    </div>
  );
}
