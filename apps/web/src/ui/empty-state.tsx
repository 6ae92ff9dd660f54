import type { ReactNode } from "react";

/** Nothing here yet: says why, and what to do about it. */
export function EmptyState({
  title,
  icon,
  action,
  children,
}: {
  title: ReactNode;
  icon?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="grid justify-items-start gap-1 py-6">
      {icon ? <span className="mb-1 text-ink-3 [&_svg]:size-6 [&_svg]:stroke-[1.5]">{icon}</span> : null}
      <p className="font-semibold">{title}</p>
      {children ? <div className="measure text-ink-2">{children}</div> : null}
      {action ? <div className="mt-3 flex flex-wrap gap-2">{action}</div> : null}
    </div>
  );
}
