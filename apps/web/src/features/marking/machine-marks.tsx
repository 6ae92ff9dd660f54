import type { RubricFile, Scores } from "@bandwise/core/marking/schema";
import { formatFixed, formatSigned } from "@/ui/format.ts";
import { markText } from "./descriptors.ts";
import { featureName } from "./feature-names.ts";
import type { MarkedScript } from "./marking-api.ts";

type Machine = NonNullable<MarkedScript["machine"]>;

/** The strongest few say enough; the rest weigh less than a tenth of a point each. */
const shownContributions = 4;

/** What the machine made of the answer, beside marks that are final; it never saw them, and was not seen by who gave them. */
export function MachineMarks({ rubric, given, machine }: { rubric: RubricFile; given: Scores; machine: Machine }) {
  return (
    <section aria-labelledby="machine-marks" className="border-b border-line pb-3">
      <h2 id="machine-marks" className="pt-3 text-h2">
        The machine’s marks
      </h2>
      <p className="pb-2 text-dense text-ink-3">
        {machine.rater}, version {machine.version}.{" "}
        {machine.validated
          ? "Validated on answers of this installation."
          : rubric.scheme === "ielp"
            ? "Not yet validated on local data: it only advises."
            : "Not yet validated on local data."}
        {machine.flags.length > 0 ? ` Noticed: ${machine.flags.join(", ")}.` : ""}
      </p>
      <ul className="grid gap-2">
        {rubric.criteria.map(({ id, name }) => {
          const rated = machine.criteria.find(({ criterion }) => criterion === id);
          const own = given[id];
          return (
            <li key={id} className="text-dense">
              <p className="flex items-baseline justify-between gap-3">
                <b className="font-semibold">{name}</b>
                <span className="tabular-nums">
                  {rated?.score == null ? "no mark" : formatFixed(rated.score, 1)}
                  {rated?.interval ? (
                    <span className="text-ink-3">
                      {" "}
                      ({formatFixed(rated.interval[0], 1)}–{formatFixed(rated.interval[1], 1)})
                    </span>
                  ) : null}
                  {own === undefined ? null : <span className="text-ink-3">, yours {markText(rubric.scale, own)}</span>}
                </span>
              </p>
              <p className="text-ink-2">{rated?.reason ?? strongest(rated)}</p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function strongest(rated: Machine["criteria"][number] | undefined): string {
  return (rated?.contributions ?? [])
    .filter(({ value }) => value !== null)
    .toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
    .slice(0, shownContributions)
    .map(({ feature, effect }) => `${featureName(feature)} ${formatSigned(effect, 2)}`)
    .join(" · ");
}
