import type { FormFigures, FormItem, SetTarget } from "@bandwise/core/bank/form-set-queries";
import type { Skill } from "@bandwise/core/bank/schema";
import { type Column, DataTable } from "@/ui/data-table.tsx";
import { formatClock, formatCount } from "@/ui/format.ts";
import { SectionHeader } from "@/ui/page-header.tsx";
import { DifficultySpread } from "../assembly/difficulty-spread.tsx";
import { difficultyText, skillNames } from "../names.ts";
import { placedItemColumns, reasonColumn } from "../placed-item-columns.tsx";
import { FormsPlot } from "./forms-plot.tsx";

/** What the time of a section's items says: the same measure for every form, not the clock of the exam. */
const timeNames: Readonly<Record<Skill, string>> = {
  reading: "Reading time",
  listening: "Playing time",
  writing: "Suggested time",
  speaking: "Speaking time",
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** How alike the forms are: all at one glance, then section by section with the figures. */
export function SetFigures({
  targets,
  forms,
  tolerance,
}: {
  targets: readonly SetTarget[];
  forms: readonly FormFigures[];
  tolerance: number;
}) {
  const sections = targets.map(({ skill, mean: target }) => ({
    skill,
    target,
    rows: forms.flatMap((form) => {
      const section = form.sections.find((one) => one.skill === skill);
      const items = form.items.filter((item) => item.skill === skill);
      return section ? [{ ...section, label: form.label, target, items }] : [];
    }),
  }));
  // Sections weigh as many items as they have: so does the target of the whole.
  const counts = sections.map(({ rows }) => rows[0]?.levels.reduce((sum, { count }) => sum + count, 0) ?? 0);
  const whole =
    sections.reduce((sum, { target }, at) => sum + target * (counts[at] ?? 0), 0) /
    Math.max(
      1,
      counts.reduce((sum, count) => sum + count, 0),
    );
  return (
    <div className="grid gap-6">
      <section className="max-w-3xl">
        <SectionHeader
          level="staff"
          title="Difficulty"
          note={`Distance of each form’s mean from the target, in logits; ±${tolerance.toFixed(2)} allowed`}
        />
        <FormsPlot
          tolerance={tolerance}
          rows={[
            ...sections.map(({ skill, target, rows }) => ({
              name: skillNames[skill],
              target,
              means: rows.map((row) => ({ label: row.label, mean: row.mean })),
            })),
            {
              name: "Whole form",
              target: whole,
              means: forms.map((form) => ({ label: form.label, mean: form.overall.mean })),
            },
          ]}
        />
      </section>
      {sections.map(({ skill, target, rows }) => (
        <section key={skill}>
          <SectionHeader
            level="staff"
            title={skillNames[skill]}
            note={`target ${difficultyText(target)} · ${(rows[0]?.levels ?? []).map(({ level, count }) => `${count} × ${level}`).join(", ")}`}
          />
          <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-4 desk:grid-cols-[minmax(23rem,1fr)_minmax(0,1fr)]">
            <DataTable
              caption={`${skillNames[skill]}: figures of each form`}
              rows={rows}
              rowKey={(row) => row.label}
              columns={[
                { id: "form", header: "Form", cell: (row) => <b>{row.label}</b> },
                { id: "mean", header: "Mean", align: "right", cell: (row) => difficultyText(row.mean) },
                {
                  id: "distance",
                  header: "From target",
                  align: "right",
                  cell: (row) => difficultyText(row.mean - row.target),
                },
                { id: "spread", header: "Spread", align: "right", cell: (row) => row.spread.toFixed(2) },
                { id: "time", header: timeNames[skill], align: "right", cell: (row) => formatClock(row.seconds) },
              ]}
              empty="No form has this section."
            />
            <figure className="grid content-start gap-1">
              <figcaption className="text-dense text-ink-2">
                Items in logits; the bar marks the form’s mean
                {rows.some(({ items }) => items.some(({ anchor }) => anchor)) ? ", anchors are hollow" : ""}
              </figcaption>
              <DifficultySpread
                label={`${skillNames[skill]}: ${rows.map((row) => `form ${row.label} from ${difficultyText(Math.min(...row.items.map((item) => item.difficulty)))} to ${difficultyText(Math.max(...row.items.map((item) => item.difficulty)))}`).join(", ")} logits`}
                rows={rows.map((row) => ({
                  level: row.label,
                  centre: mean(row.items.map((item) => item.difficulty)),
                  items: row.items.map(({ itemId, difficulty, anchor }) => ({ id: itemId, difficulty, anchor })),
                }))}
              />
            </figure>
          </div>
        </section>
      ))}
      <p className="measure text-dense text-ink-3">
        Spread is the standard deviation of the items’ difficulties. Reading time is that of an adult reading silently
        in their first language (238 words a minute, Brysbaert 2019), meant for holding forms against each other.
      </p>
    </div>
  );
}

/** What two forms have in common, in a sentence. */
export function overlapWords(forms: readonly FormFigures[]): string {
  const seen = new Map<string, { item: FormItem; forms: number }>();
  for (const item of forms.flatMap((form) => form.items)) {
    seen.set(item.itemId, { item, forms: (seen.get(item.itemId)?.forms ?? 0) + 1 });
  }
  const shared = [...seen.values()].filter((one) => one.forms > 1);
  if (shared.length === 0) return "No item stands in two forms.";
  return `${formatCount(shared.length, "anchor stands", "anchors stand")} in every form (${shared.map(({ item }) => item.slug).join(", ")}); nothing else is shared. Who has sat one form cannot sit another.`;
}

/** The items of one form, in the order of delivery. */
export function FormItems({ form }: { form: FormFigures }) {
  return (
    <DataTable
      caption={`Items of form ${form.label}`}
      rows={form.items}
      rowKey={(item) => item.itemId}
      columns={itemColumns}
      empty="This form has no items."
    />
  );
}

const itemColumns: readonly Column<FormItem>[] = [
  placedItemColumns.item,
  { id: "skill", header: "Section", cell: (item) => skillNames[item.skill] },
  { id: "level", header: "Level", cell: (item) => item.level },
  placedItemColumns.subSkill,
  placedItemColumns.topic,
  placedItemColumns.difficulty,
  reasonColumn(),
];
