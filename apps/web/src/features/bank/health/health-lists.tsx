import type { BankHealth } from "@bandwise/core/bank/health";
import type { BankHealthReport } from "@bandwise/core/bank/health-queries";
import Link from "next/link";
import type { ReactNode } from "react";
import { formatCount, formatShortDate } from "@/ui/format.ts";
import { SectionHeader } from "@/ui/page-header.tsx";
import { withParams } from "@/ui/url.ts";
import { bankPath } from "../list-params.ts";
import { nameOf, skillNames } from "../names.ts";

const shown = 10;

function ActionList({
  title,
  none,
  count,
  children,
}: {
  title: string;
  none: string;
  count: number;
  children: ReactNode;
}) {
  return (
    <section>
      <SectionHeader level="staff" title={title} note={count > shown ? `${shown} of ${count}` : undefined} />
      {count === 0 ? <p className="text-dense text-ink-2">{none}</p> : <ol className="grid text-dense">{children}</ol>}
    </section>
  );
}

export function WriteNext({ entries }: { entries: BankHealth["writeNext"] }) {
  return (
    <ActionList title="Write next" none="Every slot and level has what it asks for." count={entries.length}>
      {entries.slice(0, shown).map(({ skill, level, what, missing, why }) => (
        <li key={`${skill} ${level} ${what}`} className="grid grid-cols-[1.75rem_minmax(0,1fr)_auto] gap-x-2 py-1.5">
          <b>{level}</b>
          <Link
            href={withParams(
              `${bankPath}/new`,
              {},
              { skill, level, ...(what.includes("items") ? {} : { subSkill: what }) },
            )}
            className="link"
            prefetch={false}
          >
            {skillNames[skill]}
            {what === "items" ? "" : `, ${nameOf(what).toLowerCase()}`}
          </Link>
          <span className="text-ink-3 tabular-nums">{formatCount(missing, "item", "items")}</span>
          <span className="col-start-2 col-end-4 text-small text-ink-3">{why}</span>
        </li>
      ))}
    </ActionList>
  );
}

function standing({ status, decision }: BankHealthReport["overexposed"][number]): string {
  if (status === "resting") return "resting";
  return decision === "keep" ? "in use: a published form holds it, or too few others" : "to be rested";
}

export function Overexposed({ items }: { items: BankHealthReport["overexposed"] }) {
  return (
    <ActionList
      title="Over their exposure limit"
      none="No item is over its limit, and none is resting."
      count={items.length}
    >
      {items.slice(0, shown).map((item) => (
        <li key={item.id} className="flex items-baseline gap-2 py-1">
          <Link href={`${bankPath}/${item.id}`} className="link font-code" prefetch={false}>
            {item.slug}
          </Link>
          <span className="flex-1 text-ink-3">{standing(item)}</span>
          <span className="text-ink-3 tabular-nums">
            {item.forms === 0 ? "no forms" : `${Math.round((item.drawn / item.forms) * 100)} % of ${item.forms}`}
          </span>
        </li>
      ))}
    </ActionList>
  );
}

export function DueForReview({ items, timeZone }: { items: BankHealthReport["dueForReview"]; timeZone: string }) {
  return (
    <ActionList
      title="Due for review"
      none="Every item in use has been reviewed within two years."
      count={items.length}
    >
      {items.slice(0, shown).map((item) => (
        <li key={item.id} className="flex items-baseline gap-2 py-1">
          <Link href={`${bankPath}/${item.id}`} className="link font-code" prefetch={false}>
            {item.slug}
          </Link>
          <span className="flex-1 text-ink-3">
            {item.openComments > 0 ? formatCount(item.openComments, "open remark", "open remarks") : "last looked at"}
          </span>
          <span className="text-ink-3">{formatShortDate(item.reviewedAt, timeZone)}</span>
        </li>
      ))}
    </ActionList>
  );
}
