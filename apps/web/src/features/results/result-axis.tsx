import { pinOf, sectionNames, userKind } from "@bandwise/core/results/report-words";
import type { IelpOutput } from "@bandwise/core/results/rules";
import { ielpSections } from "@bandwise/scoring/schemes/ielp";
import { formatPercent } from "@/ui/format.ts";
import { Ruler, type RulerGround, RulerRow } from "@/ui/ruler.tsx";
import { bandLabel, bandSegments } from "../scale/band-scale.ts";

const row =
  "grid grid-cols-[1fr_auto] gap-x-4 wide:grid-cols-[152px_minmax(0,1fr)_200px] wide:gap-x-6 desk:grid-cols-[200px_minmax(0,1fr)_260px] desk:gap-x-9";
const drawing = "max-wide:order-3 max-wide:col-span-2 min-w-0";

/** The overall band on the ruler and, beneath it on the same axis, the four sections. */
export function ResultAxis({ output, ground = "paper" }: { output: IelpOutput; ground?: RulerGround | undefined }) {
  const { overall, sections } = output;
  return (
    <section className="rule-top pt-5" aria-label="Overall band and sections">
      <div className={`${row} items-end`}>
        <div className="wide:pb-3.5">
          <p className="text-ink-2">Overall band</p>
          <p className="-ml-1 text-[4.5rem] leading-[4.75rem] font-semibold tracking-[-0.045em] tabular-nums wide:text-[4.5rem] desk:text-display">
            {overall.band}
          </p>
        </div>
        <div className={`${drawing} max-wide:pt-2`}>
          <Ruler
            size="lg"
            ground={ground}
            segments={bandSegments}
            value={pinOf(overall.band, overall.cefr)}
            valueText={overall.band}
            label={bandLabel({ text: overall.band, level: overall.cefr })}
          />
        </div>
        <div className="pb-2.5 max-wide:text-right wide:pb-6">
          <p className="text-[2.75rem] leading-12 font-semibold tracking-[-0.02em] text-accent first-letter:uppercase">
            {overall.cefr}
          </p>
          <p className="text-ink-2">{userKind(overall.cefr)}</p>
        </div>
      </div>
      <ul className="border-b border-line">
        {ielpSections.map((name) => {
          const section = sections[name];
          return (
            <li key={name} className={`${row} border-t border-line max-wide:pb-1.5`}>
              <p className="flex h-10 items-center gap-3 wide:h-11 wide:justify-between">
                <span className="font-medium max-wide:min-w-20">{sectionNames[name]}</span>
                <b className="text-[1.3125rem] tracking-[-0.015em] tabular-nums">{section.band}</b>
              </p>
              <div className={drawing}>
                {([44, 26] as const).map((height) => (
                  <RulerRow
                    key={height}
                    segments={bandSegments}
                    value={Number(section.band)}
                    height={height}
                    ground={ground}
                    className={height === 44 ? "only-wide" : "only-phone"}
                  />
                ))}
              </div>
              <p className="grid grid-cols-[auto_auto] items-center gap-4 wide:grid-cols-[60px_1fr] wide:gap-2 print:grid-cols-[40px_1fr_1fr] desk:grid-cols-[52px_76px_1fr]">
                <b className="leading-5 text-accent first-letter:uppercase">{section.cefr}</b>
                <span className="font-medium whitespace-nowrap tabular-nums max-desk:text-right">
                  {formatPercent(Number(section.percent))}
                </span>
                <span className="text-right text-ui whitespace-nowrap text-ink-3 tabular-nums max-desk:hidden print:inline print:text-small">
                  {section.raw} of {section.max}
                </span>
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
