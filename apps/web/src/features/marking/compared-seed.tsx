import type { comparedSeeds } from "@bandwise/core/marking/qualification-queries";
import { formatFixed, formatMark } from "@/ui/format.ts";
import { ModelMarks } from "./other-marks.tsx";
import { askedIn } from "./task-words.ts";

type Seed = Awaited<ReturnType<typeof comparedSeeds>>[number];

/** One missed seed: the answer, the marks given and those agreed on, with the reason for each. */
export function ComparedSeed({ seed }: { seed: Seed }) {
  const { work, difference } = seed;
  const on = seed.criteria.find(({ id }) => id === difference.on)?.name ?? difference.on;
  return (
    <section aria-label={`Script ${seed.code}`} className="rule-top grid gap-3 py-4 desk:grid-cols-2 desk:gap-8">
      <div>
        <h2 className="font-code font-medium">{seed.code}</h2>
        <p className="text-dense text-ink-3">
          Level {seed.level}. {askedIn(work)}
        </p>
        {work.skill === "writing" ? (
          <p lang="en" className="mt-2 font-read text-read whitespace-pre-wrap">
            {work.text}
          </p>
        ) : (
          // biome-ignore lint/a11y/useMediaCaption: it is judged as it sounds; there is no transcript
          <audio controls preload="none" src={`/api/marking/scripts/${seed.id}/audio`} className="mt-2 w-full" />
        )}
      </div>
      <div>
        <p className="pb-1 text-dense">
          {formatMark(difference.criterion)} points apart on {on}, {formatFixed(difference.mean, 2)} between the means.
        </p>
        <ModelMarks rubric={seed} given={seed.given} model={{ scores: seed.model, reasons: seed.reasons }} />
      </div>
    </section>
  );
}
