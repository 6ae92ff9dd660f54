import { classNames } from "./class-names.ts";

/** A count's step on the ramp: none, then six steps up to the greatest. The darkest two steps are left out: text on them turns light. */
export function heatStep(value: number, greatest: number): number {
  if (value <= 0 || greatest <= 0) return 0;
  return Math.min(6, Math.max(1, Math.ceil((value / greatest) * 6)));
}

/** Counts by two features; the number always stands there, below the minimum the edge is dashed. */
export function HeatMap({
  caption,
  rows,
  columns,
  value,
  minimum = 0,
  totals = false,
  href,
}: {
  caption: string;
  rows: readonly { id: string; label: string }[];
  /** `title` says a shortened label in full. */
  columns: readonly { id: string; label: string; title?: string | undefined }[];
  value: (row: string, column: string) => number;
  /** One for the whole map, or each cell's own. */
  minimum?: number | ((row: string, column: string) => number) | undefined;
  totals?: boolean | undefined;
  /** Makes each cell a link, for example to the list of what it counts. */
  href?: ((row: string, column: string) => string) | undefined;
}) {
  const greatest = Math.max(1, ...rows.flatMap((row) => columns.map((column) => value(row.id, column.id))));
  return (
    <table className="heat-map">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <td />
          {columns.map((column) => (
            <th key={column.id} scope="col" abbr={column.title}>
              {column.title === undefined ? (
                column.label
              ) : (
                <abbr title={column.title} className="no-underline">
                  {column.label}
                </abbr>
              )}
            </th>
          ))}
          {totals ? <th scope="col">All</th> : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">{row.label}</th>
            {columns.map((column) => {
              const count = value(row.id, column.id);
              const least = typeof minimum === "number" ? minimum : minimum(row.id, column.id);
              const low = count < least;
              return (
                <td key={column.id} data-step={heatStep(count, greatest)} className={classNames(low && "heat-low")}>
                  {href === undefined ? count : <a href={href(row.id, column.id)}>{count}</a>}
                  {low ? <span className="sr-only"> below the minimum of {least}</span> : null}
                </td>
              );
            })}
            {totals ? (
              <td className="heat-total">{columns.reduce((sum, column) => sum + value(row.id, column.id), 0)}</td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
