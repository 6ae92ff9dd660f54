import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** Something failed where this panel stands. The id finds the entry in the log. */
export function ErrorPanel({
  title,
  id,
  action,
  className,
  children,
}: {
  title: ReactNode;
  id?: string | undefined;
  action?: ReactNode;
  className?: string | undefined;
  children?: ReactNode;
}) {
  return (
    <div role="alert" className={classNames("rule-top grid gap-2 py-5", className)}>
      <p className="text-h3 font-semibold">{title}</p>
      {children ? <div className="measure text-ink-2">{children}</div> : null}
      {id === undefined ? null : (
        <p className="text-dense text-ink-3">
          Reference <code className="text-ink-2 select-all">{id}</code>
        </p>
      )}
      {action ? <div className="mt-2 flex flex-wrap gap-2">{action}</div> : null}
    </div>
  );
}
