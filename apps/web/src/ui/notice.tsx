import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

const icons = { plain: Info, ok: CircleCheck, warn: TriangleAlert, bad: CircleAlert } as const;
export type NoticeTone = keyof typeof icons;

/** A standing message inside a page: what happened, what is kept, what to do. */
export function Notice({
  tone = "plain",
  title,
  action,
  className,
  children,
}: {
  tone?: NoticeTone | undefined;
  title?: ReactNode;
  action?: ReactNode;
  className?: string | undefined;
  children?: ReactNode;
}) {
  const Icon = icons[tone];
  return (
    <div className={classNames("notice", className)} data-tone={tone}>
      <Icon strokeWidth={1.75} aria-hidden="true" />
      <div className="grid gap-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div>{children}</div> : null}
        {action ? <div className="mt-1">{action}</div> : null}
      </div>
    </div>
  );
}

/** The message above a form that was refused; announced when it appears. */
export function FormError({ children }: { children: ReactNode }) {
  return (
    <div role="alert" className="empty:absolute">
      {children ? (
        <Notice tone="bad">
          <p>{children}</p>
        </Notice>
      ) : null}
    </div>
  );
}
