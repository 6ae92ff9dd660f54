import type { ReactNode } from "react";

export type BadgeTone = "plain" | "ok" | "warn" | "bad" | "accent";

/** A word with a tint; give trouble an icon too, so that colour never says it alone. */
export function Badge({
  tone = "plain",
  icon,
  children,
}: {
  tone?: BadgeTone | undefined;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span className="badge" data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}
