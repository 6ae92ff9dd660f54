import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** The heading of a page with its actions. `staff` is the low bar of dense pages, `page` the roomy one. */
export function PageHeader({
  title,
  eyebrow,
  note,
  actions,
  level = "page",
}: {
  title: ReactNode;
  eyebrow?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  level?: "page" | "staff" | undefined;
}) {
  if (level === "staff") {
    return (
      <header className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 py-2">
        <h1 className="text-h2">{title}</h1>
        {note ? <p className="text-ink-2">{note}</p> : null}
        {actions ? <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div> : null}
      </header>
    );
  }
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3 pb-6">
      <div className="min-w-0 grow basis-80">
        {eyebrow ? <p className="text-ink-2">{eyebrow}</p> : null}
        <h1>{title}</h1>
        {note ? <p className={classNames("measure text-ink-2", "mt-1")}>{note}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </header>
  );
}

/** The heading of a section; on staff pages a small one with a note on the right, or beside it where actions stand there. */
export function SectionHeader({
  title,
  note,
  actions,
  level = "page",
  id,
}: {
  title: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  level?: "page" | "staff" | undefined;
  id?: string | undefined;
}) {
  return (
    <div
      className={classNames(
        "flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1",
        level === "staff" ? "pt-4 pb-1.5" : "pb-3",
      )}
    >
      <h2 id={id} className={level === "staff" ? "text-ui" : undefined}>
        {title}
      </h2>
      {note ? (
        <p
          className={classNames(level === "staff" ? "text-dense text-ink-3" : "text-ink-2", actions ? "mr-auto" : null)}
        >
          {note}
        </p>
      ) : null}
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  );
}
