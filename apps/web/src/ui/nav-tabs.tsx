import Link from "next/link";
import type { ReactNode } from "react";

/** Tabs that are addresses: one list under several filters. */
export function NavTabs({
  label,
  tabs,
}: {
  label: string;
  tabs: readonly { href: string; label: ReactNode; count?: number | undefined; current: boolean }[];
}) {
  return (
    <nav aria-label={label} className="tab-row">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          className="tab"
          prefetch={false}
          aria-current={tab.current ? "page" : undefined}
        >
          {tab.label}
          {tab.count === undefined ? null : <span className="text-ink-3 tabular-nums">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
