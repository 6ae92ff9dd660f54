import { DataTable } from "@/ui/data-table.tsx";
import type { Appeal } from "./appeal-acts.tsx";
import { skillList } from "./words.ts";

interface Line {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** The result that was appealed against beside the one that the re-mark makes. */
export function AppealOutcome({ results }: Pick<Appeal, "results">) {
  const [before, after] = results;
  if (!before || !after) return null;
  const names = Object.keys(sectionsOf(before.output));
  const lines: Line[] = [
    { name: "Overall", before: overallOf(before), after: overallOf(after) },
    ...names.map((name) => ({
      name: skillList([name]),
      before: sectionsOf(before.output)[name] ?? "",
      after: sectionsOf(after.output)[name] ?? "",
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

function overallOf({ overallHundredths, cefr }: Appeal["results"][number]): string {
  return `${(overallHundredths / 100).toFixed(2)}${cefr === null ? "" : ` ${cefr}`}`;
}

function sectionsOf(output: unknown): Readonly<Record<string, string>> {
  if (output === null || typeof output !== "object" || !("sections" in output)) return {};
  const sections = output.sections as Readonly<Record<string, { band: string; cefr: string }>>;
  return Object.fromEntries(Object.entries(sections).map(([name, { band, cefr }]) => [name, `${band} ${cefr}`]));
}
