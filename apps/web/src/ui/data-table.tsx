import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export type SortDirection = "asc" | "desc";

export type Column<Row> = {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  align?: "left" | "right" | undefined;
  /** Sorting happens where the rows come from: the heading is a link to the list sorted anew. */
  sort?: { href: string; direction?: SortDirection | undefined } | undefined;
  /** On a phone a row becomes a card: its title, a labelled line, a line without label, or left out. */
  phone?: "title" | "label" | "plain" | "hide" | undefined;
  /** Words for the card's label when the header is not plain text. */
  phoneLabel?: string | undefined;
  className?: string | undefined;
};

export type DataTableProps<Row> = {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Makes the first column a link whose target is the whole row. */
  rowHref?: ((row: Row) => string) | undefined;
  selectedKey?: string | undefined;
  /** A tick box before each row, a field `item` of the form with this id wherever that stands; `label` names the row. */
  ticks?: { form: string; label: (row: Row) => string } | undefined;
  /** What stands in place of the rows when there are none; see `EmptyState`. */
  empty: ReactNode;
  /** What stands there when the rows could not be read; see `ErrorPanel`. */
  error?: ReactNode;
  stickyHeader?: boolean | undefined;
  className?: string | undefined;
};

function ariaSort(direction: SortDirection | undefined): "ascending" | "descending" | undefined {
  return direction === "asc" ? "ascending" : direction === "desc" ? "descending" : undefined;
}

/** Rows that were sorted, filtered and paged by the database; this only draws them. */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  rowHref,
  selectedKey,
  ticks,
  empty,
  error,
  stickyHeader = false,
  className,
}: DataTableProps<Row>) {
  if (error) return <div className={className}>{error}</div>;
  if (rows.length === 0) return <div className={classNames("border-t border-line", className)}>{empty}</div>;
  return (
    <div className={classNames("data-table-frame", className)}>
      <table className="data-table" data-sticky={stickyHeader ? "" : undefined}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {ticks === undefined ? null : (
              <th scope="col">
                <span className="sr-only">Ticked</span>
              </th>
            )}
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                data-align={column.align}
                aria-sort={ariaSort(column.sort?.direction)}
                className={column.className}
              >
                {column.sort === undefined ? (
                  column.header
                ) : (
                  <Link href={column.sort.href} className="sort-link" scroll={false} prefetch={false}>
                    {column.header}
                    {column.sort.direction === "asc" ? (
                      <ArrowUp aria-hidden="true" />
                    ) : column.sort.direction === "desc" ? (
                      <ArrowDown aria-hidden="true" />
                    ) : (
                      <ChevronsUpDown className="opacity-50" aria-hidden="true" />
                    )}
                  </Link>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = rowKey(row);
            return (
              <tr
                key={key}
                data-link={rowHref === undefined ? undefined : ""}
                aria-current={key === selectedKey ? "true" : undefined}
              >
                {ticks === undefined ? null : (
                  <td data-phone="plain" className="data-table-tick">
                    <label>
                      <input type="checkbox" name="item" value={key} form={ticks.form} aria-label={ticks.label(row)} />
                    </label>
                  </td>
                )}
                {columns.map((column, index) => (
                  <td
                    key={column.id}
                    data-align={column.align}
                    data-phone={column.phone ?? (index === 0 ? "title" : "label")}
                    data-label={column.phoneLabel ?? (typeof column.header === "string" ? column.header : undefined)}
                    className={column.className}
                  >
                    {index === 0 && rowHref !== undefined ? (
                      <Link href={rowHref(row)} className="row-link" prefetch={false}>
                        {column.cell(row)}
                      </Link>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
