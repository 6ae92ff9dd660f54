import type { ItemStatus } from "@bandwise/core/bank/life-cycle-rules";
import { foundMarks, type ItemRow } from "@bandwise/core/bank/list-queries";
import { itemStatuses } from "@bandwise/core/bank/schema";
import { Anchor } from "lucide-react";
import { type Column, DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { LinkButton } from "@/ui/link-button.tsx";
import { withParams } from "@/ui/url.ts";
import { bankPath, type ListParams } from "./list-params.ts";
import { difficultyText, nameOf } from "./names.ts";
import { StatusBadge } from "./status-badge.tsx";

/** The piece of the text where the words looked for stand. */
function Found({ text }: { text: string }) {
  const [start, end] = foundMarks;
  return (
    <span className="block truncate text-small text-ink-2 max-wide:whitespace-normal">
      {text.split(start).map((piece, index) => {
        const [word = "", rest = ""] = index === 0 ? ["", piece] : piece.split(end);
        return (
          <span key={index}>
            {word === "" ? null : <mark className="bg-hl text-ink">{word}</mark>}
            {rest}
          </span>
        );
      })}
    </span>
  );
}

function statusOf(value: string): ItemStatus {
  return itemStatuses.find((status) => status === value) ?? "draft";
}

export function BankTable({
  rows,
  params,
  ticks,
}: {
  rows: readonly ItemRow[];
  params: ListParams;
  /** The form that collects ticked items; absent for who may change none. */
  ticks: string | undefined;
}) {
  const sortedBy = params.sort ?? "name";
  const ascending = params.direction !== "desc";
  const sort = (id: string) => {
    const current = sortedBy === id;
    return {
      href: withParams(bankPath, params, { sort: id, direction: current && ascending ? "desc" : null, page: null }),
      direction: current ? (ascending ? ("asc" as const) : ("desc" as const)) : undefined,
    };
  };
  const columns: Column<ItemRow>[] = [
    {
      id: "name",
      header: "Item",
      sort: sort("name"),
      cell: (row) => <span className="font-code whitespace-nowrap">{row.slug}</span>,
    },
    {
      id: "stem",
      header: "Stem",
      phone: "plain",
      // Takes what the others leave, and cuts what does not fit.
      className: "w-full max-w-0 max-wide:max-w-none",
      cell: (row) => (
        <>
          <span className="block truncate font-medium max-wide:whitespace-normal" title={row.stem}>
            {row.stem}
          </span>
          {row.found === null ? null : <Found text={row.found} />}
          <span className="block truncate text-small text-ink-3 max-wide:whitespace-normal">
            {[nameOf(row.subSkill), nameOf(row.topic), row.type === row.skill ? "Task" : nameOf(row.type)].join(" · ")}
          </span>
        </>
      ),
    },
    { id: "skill", header: "Skill", cell: (row) => nameOf(row.skill) },
    {
      id: "level",
      header: "Level",
      sort: sort("level"),
      cell: (row) => <b className="whitespace-nowrap">{nameOf(row.level)}</b>,
    },
    {
      id: "status",
      header: "Status",
      cell: (row) => (
        <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
          <StatusBadge status={statusOf(row.status)} />
          {row.anchor ? (
            <span title="Anchor item">
              <Anchor className="ico text-ink-3" aria-hidden="true" />
              <span className="sr-only">anchor</span>
            </span>
          ) : null}
          {row.waitingVersion === null ? null : (
            <span className="text-small text-ink-3">version {row.waitingVersion} waits</span>
          )}
        </span>
      ),
    },
    {
      id: "difficulty",
      header: (
        <abbr className="no-underline" title="Difficulty in logits: below 0 is easier, above 0 harder">
          Diff.
        </abbr>
      ),
      phoneLabel: "Difficulty",
      align: "right",
      sort: sort("difficulty"),
      cell: (row) => <span className="tabular-nums">{difficultyText(row.difficulty)}</span>,
    },
    {
      id: "exposure",
      header: (
        <abbr className="no-underline" title="How many forms have held the item">
          Exp.
        </abbr>
      ),
      phoneLabel: "Exposure",
      align: "right",
      sort: sort("exposure"),
      cell: (row) => <span className="tabular-nums">{row.exposure}</span>,
    },
  ];
  return (
    <DataTable
      caption="Items of the bank"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `${bankPath}/${row.id}`}
      ticks={ticks === undefined ? undefined : { form: ticks, label: (row) => `Tick ${row.slug}` }}
      empty={
        <EmptyState title="No item fits" action={<LinkButton href={bankPath}>Show all items</LinkButton>}>
          Take back a filter, or search for other words.
        </EmptyState>
      }
    />
  );
}
