import { DataTable } from "@/ui/data-table.tsx";
import type { Appeal } from "./appeal-acts.tsx";

interface Line {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** The result that was appealed against beside the one that the re-mark makes. */
export function AppealOutcome({ results }: Pick<Appeal, "results">) {
  const [before, after] = results;
  if (!before || !after) return null;
  const lines: Line[] = [
    { name: "Overall", before: words(before.summary.overall), after: words(after.summary.overall) },
    ...before.summary.parts.map((part) => ({
      name: part.title,
      before: words(part),
      after: words(after.summary.parts.find(({ id }) => id === part.id)),
    })),
  ];
  return (
    <DataTable
      caption="Both results"
      rows={lines}
      rowKey={({ name }) => name}
      empty={null}
      columns={[
        { id: "name", header: "", phone: "title", cell: ({ name }) => name },
        {
          id: "before",
          header: "As released",
          align: "right",
          className: "tabular-nums",
          cell: ({ before: shown }) => shown,
        },
        {
          id: "after",
          header: "After the re-mark",
          align: "right",
          className: "tabular-nums",
          cell: (line) => (line.after === line.before ? line.after : <b>{line.after}</b>),
        },
      ]}
    />
  );
}

function words(line: { readonly score: string; readonly cefr: string | null } | undefined): string {
  return line === undefined ? "–" : [line.score, line.cefr ?? ""].join(" ").trim();
}
