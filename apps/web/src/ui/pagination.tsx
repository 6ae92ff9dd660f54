import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { LinkButton } from "./link-button.tsx";

/** Where the list goes on. Pages or cursors: the links say it, the list is read anew. */
export function Pagination({
  summary,
  previousHref,
  nextHref,
  pages = [],
  label = "Pages",
}: {
  /** “1–50 of 312”. */
  summary: ReactNode;
  previousHref?: string | undefined;
  nextHref?: string | undefined;
  pages?: readonly { href: string; label: string; current: boolean }[] | undefined;
  label?: string | undefined;
}) {
  return (
    <nav aria-label={label} className="pager">
      <p className="mr-auto text-ink-3 tabular-nums">{summary}</p>
      {previousHref === undefined ? null : (
        <LinkButton href={previousHref} size="sm" rel="prev" icon={<ChevronLeft aria-hidden="true" />}>
          Previous
        </LinkButton>
      )}
      {pages.map((page) => (
        <Link
          key={page.href}
          href={page.href}
          className="pager-page"
          prefetch={false}
          aria-current={page.current ? "page" : undefined}
        >
          {page.label}
        </Link>
      ))}
      {nextHref === undefined ? null : (
        <LinkButton href={nextHref} size="sm" rel="next">
          Next
          <ChevronRight aria-hidden="true" />
        </LinkButton>
      )}
    </nav>
  );
}
