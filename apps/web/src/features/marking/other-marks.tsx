import type { RubricFile, Scores } from "@bandwise/core/marking/schema";
import { Badge } from "@/ui/badge.tsx";
import { formatClock, formatMark } from "@/ui/format.ts";
import { markText } from "./descriptors.ts";
import type { MarkedScript } from "./marking-api.ts";
import { inOrder, isSpan } from "./segments.ts";
import { cannotMarkText } from "./words.ts";

type Given = NonNullable<MarkedScript["marksToDecide"]>[number];
const names = ["First", "Second", "Third"];

const grid =
  "w-full text-dense [&_td]:border-b [&_td]:border-line [&_td]:py-1.5 [&_td]:align-baseline [&_th]:border-b [&_th]:border-line [&_th]:py-1.5 [&_th]:text-left [&_th]:align-baseline [&_thead_th]:text-small [&_thead_th]:font-medium [&_thead_th]:text-ink-3";

/** Two examiners' marks side by side, with what each said; a senior examiner decides between them. */
export function MarksToDecide({
  rubric,
  given,
  tolerance,
}: {
  rubric: RubricFile;
  given: readonly Given[];
  tolerance: MarkedScript["tolerance"];
}) {
  return (
    <section aria-labelledby="to-decide" className="border-b border-line pb-3">
      <h2 id="to-decide" className="pt-3 pb-1 text-h2">
        Marks to decide between
      </h2>
      <table className={grid}>
        <caption className="sr-only">The marks given so far, by criterion</caption>
        <thead>
          <tr>
            <th scope="col">Criterion</th>
            {given.map(({ id }, place) => (
              <th key={id} scope="col" className="text-right!">
                {names[place]}
              </th>
            ))}
            <th scope="col" className="text-right!">
              Apart
            </th>
          </tr>
        </thead>
        <tbody>
          {rubric.criteria.map((criterion) => {
            const marks = given.map(({ scores }) => scores[criterion.id] ?? 0);
            const apart = Math.max(...marks) - Math.min(...marks);
            const wide = tolerance !== null && apart > tolerance.criterion;
            return (
              <tr key={criterion.id}>
                <th scope="row" className="font-normal">
                  {criterion.name}
                </th>
                {given.map(({ id }, place) => (
                  <td key={id} className="text-right font-semibold tabular-nums">
                    {markText(rubric.scale, marks[place] ?? 0)}
                  </td>
                ))}
                <td className="text-right tabular-nums">
                  {wide ? (
                    <Badge tone="warn">{markText(rubric.scale, apart)}, over</Badge>
                  ) : (
                    markText(rubric.scale, apart)
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className="grid gap-x-6 gap-y-2 pt-2 wide:grid-cols-2">
        {given.map((rating, place) => (
          <div key={rating.id} className="text-dense">
            <h3 className="font-semibold">{names[place]} examiner</h3>
            {rating.cannotMark ? <p className="text-warn">{cannotMarkText(rating.cannotMark, rubric.skill)}</p> : null}
            <p className="text-ink-2">{rating.comment || "No comment."}</p>
            {rating.annotations.length === 0 ? null : (
              <ol className="grid gap-0.5 text-ink-2">
                {inOrder(rating.annotations).map(({ annotation, index }) => (
                  <li key={index}>
                    <span className="text-ink-3 tabular-nums">
                      {isSpan(annotation)
                        ? `Characters ${annotation.start + 1}–${annotation.end}`
                        : formatClock(Math.floor(annotation.atSeconds))}
                      :
                    </span>{" "}
                    {annotation.note}
                  </li>
                ))}
              </ol>
            )}
          </div>
        ))}
      </div>
    </section>
  );
}

/** Own marks beside the model's, each with its reason. */
export function ModelMarks({
  rubric,
  given,
  model,
}: {
  rubric: { readonly criteria: readonly { readonly id: string; readonly name: string }[] };
  given: Scores | null;
  model: { readonly scores: Scores; readonly reasons: Readonly<Record<string, string>> };
}) {
  return (
    <table className={grid}>
      <caption className="sr-only">{given ? "Marks beside the model marks" : "Model marks with their reasons"}</caption>
      <thead>
        <tr>
          <th scope="col">Criterion</th>
          {given ? (
            <th scope="col" className="pr-3 text-right!">
              Given
            </th>
          ) : null}
          <th scope="col" className="pr-3 text-right!">
            Model
          </th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {rubric.criteria.map(({ id, name }) => {
          const agreed = model.scores[id] ?? 0;
          const own = given?.[id];
          return (
            <tr key={id}>
              <th scope="row" className="pr-3 font-normal whitespace-nowrap">
                {name}
              </th>
              {given ? (
                <td className="pr-3 text-right tabular-nums">
                  {own === undefined ? "–" : own === agreed ? `= ${formatMark(own)}` : formatMark(own)}
                </td>
              ) : null}
              <td className="pr-3 text-right font-semibold tabular-nums">{formatMark(agreed)}</td>
              <td className="text-ink-2">{model.reasons[id]}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
