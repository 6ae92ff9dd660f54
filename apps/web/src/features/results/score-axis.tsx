import { pinOf, userKind } from "@bandwise/core/results/report-words";
import type { ResultSummary, ScoreScale } from "@bandwise/core/schemes/schema";
import { Ruler, type RulerGround, RulerRow } from "@/ui/ruler.tsx";
import { rulerOf, scoreLabel } from "../scale/band-scale.ts";

const row =
  "grid grid-cols-[1fr_auto] gap-x-4 wide:grid-cols-[208px_minmax(0,1fr)_120px] wide:gap-x-6 desk:grid-cols-[256px_minmax(0,1fr)_170px] desk:gap-x-9";
const drawing = "max-wide:order-3 max-wide:col-span-2 min-w-0";

/** An overall score on its scheme's ruler and, beneath it on the same axis, the parts it was made of. */
export function ScoreAxis({
  summary: { overall, parts },
  scale,
  ground = "paper",
}: {
  summary: ResultSummary;
  scale: ScoreScale;
  ground?: RulerGround | undefined;
}) {
  const { segments, axis } = rulerOf(scale);
  return (
    <section className="rule-top pt-5" aria-label={`Overall ${scale.noun.toLowerCase()} and criteria`}>
      <div className={`${row} items-end`}>
        <div className="wide:pb-3.5">
          <p className="text-ink-2">Overall {scale.noun.toLowerCase()}</p>
          <p className="-ml-1 text-[4.5rem] leading-[4.75rem] font-semibold tracking-[-0.045em] tabular-nums desk:text-display">
            {overall.score}
          </p>
        </div>
        <div className={`${drawing} max-wide:pt-2`}>
          <Ruler
            size="lg"
            ground={ground}
            segments={segments}
            axis={axis}
            value={overall.cefr === null ? Number(overall.score) : pinOf(overall.score, overall.cefr)}
            valueText={overall.score}
            label={scoreLabel(scale, overall)}
          />
        </div>
        <div className="pb-2.5 max-wide:text-right wide:pb-6">
          {overall.cefr === null ? (
            <p className="text-ink-2">of {scale.highest}</p>
          ) : (
            <>
              <p className="text-[2.75rem] leading-12 font-semibold tracking-[-0.02em] text-accent first-letter:uppercase">
                {overall.cefr}
              </p>
              <p className="text-ink-2">{userKind(overall.cefr)}</p>
            </>
          )}
        </div>
      </div>
      <ul className="border-b border-line">
        {parts.map(({ id, title, score }) => (
          <li key={id} className={`${row} border-t border-line max-wide:pb-1.5`}>
            <p className="flex h-10 items-center font-medium wide:h-11">{title}</p>
            <div className={drawing}>
              {([44, 26] as const).map((height) => (
                <RulerRow
                  key={height}
                  segments={segments}
                  axis={axis}
                  value={Number(score)}
                  height={height}
                  ground={ground}
                  className={height === 44 ? "only-wide" : "only-phone"}
                />
              ))}
            </div>
            <p className="flex h-10 items-center text-[1.3125rem] tracking-[-0.015em] tabular-nums wide:h-11">
              <b>{score}</b>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
