"use client";

import { pinOf } from "@bandwise/core/results/report-words";
import { schemeById } from "@bandwise/core/schemes/rules";
import type { ScoreScale } from "@bandwise/core/schemes/schema";
import { formatCount, formatDate } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { Ruler, RulerRow } from "@/ui/ruler.tsx";
import { percent, placeOn } from "@/ui/ruler-geometry.ts";
import { rulerOf } from "../scale/band-scale.ts";

export interface ProgressResult {
  readonly id: string;
  readonly schemeId: string;
  readonly overallHundredths: number;
  readonly cefr: string | null;
  readonly satAt: Date;
  readonly timeZone: string;
  readonly programme: string;
}

const row =
  "grid grid-cols-[1fr_auto] gap-x-3 wide:grid-cols-[160px_minmax(0,1fr)_190px] wide:gap-x-6 desk:grid-cols-[188px_minmax(0,1fr)_208px] desk:gap-x-8";
const rowHeight = 64;

/** Results over time, each examination on its own scale; the one that was sat last comes first. */
export function ProgressBySchemes({ results }: { results: readonly ProgressResult[] }) {
  const ids = [...new Set(results.map(({ schemeId }) => schemeId))];
  return (
    <div className="grid gap-10">
      {ids.map((id) => {
        const { title, scale } = schemeById(id);
        const mine = results.filter(({ schemeId }) => schemeId === id);
        const [newest, oldest] = [mine[0], mine.at(-1)];
        const score = (result: ProgressResult) => (result.overallHundredths / 100).toFixed(scale.decimals);
        return (
          <section key={id} aria-label={title}>
            {ids.length === 1 ? null : <h3 className="text-h3">{title}</h3>}
            {newest === undefined || oldest === undefined || mine.length < 2 ? null : (
              <p className="pb-2 text-ink-2">
                {oldest.overallHundredths === newest.overallHundredths
                  ? `${score(newest)} in the last of ${formatCount(mine.length, "sitting", "sittings")} as in the first.`
                  : `From ${score(oldest)} to ${score(newest)} in ${formatCount(mine.length, "sitting", "sittings")}.`}
              </p>
            )}
            <ProgressOnRuler results={mine} scale={scale} />
          </section>
        );
      })}
    </div>
  );
}

/** Newest on top, all on one axis; a line joins one sitting to the next. */
function ProgressOnRuler({ results, scale }: { results: readonly ProgressResult[]; scale: ScoreScale }) {
  const { segments, axis } = rulerOf(scale);
  const bands = results.map((result) => placeOn(result.overallHundredths / 100, axis));
  const levels = scale.levels.map(({ label }) => label);
  const label = `The scale from 0 to ${scale.highest}${levels.length === 0 ? "" : `, with its levels from ${levels[0]} to ${levels.at(-1)}`}.`;
  return (
    <div>
      <div className={row}>
        <div className="max-wide:col-span-2 wide:col-start-2">
          <Ruler segments={segments} axis={axis} label={label} />
        </div>
      </div>
      <div className="relative">
        <ol>
          {results.map((result) => (
            <li key={result.id} className={`${row} border-t border-line max-wide:py-2 wide:h-16`}>
              <p className="self-center">
                <span className="block font-medium">{formatDate(result.satAt, result.timeZone)}</span>
                <span className="block text-ui leading-[1.125rem] text-ink-3">{result.programme}</span>
              </p>
              <div className="min-w-0 max-wide:order-3 max-wide:col-span-2">
                {([rowHeight, 30] as const).map((height) => (
                  <RulerRow
                    key={height}
                    segments={segments}
                    axis={axis}
                    value={result.overallHundredths / 100}
                    height={height}
                    className={height === rowHeight ? "only-wide" : "only-phone"}
                  />
                ))}
              </div>
              <p className="flex items-baseline gap-3 self-center wide:grid wide:grid-cols-[64px_1fr_auto]">
                <b className="text-h2 tabular-nums">{(result.overallHundredths / 100).toFixed(scale.decimals)}</b>
                <b className="text-accent first-letter:uppercase">{result.cefr}</b>
                <TextLink
                  href={`/results/${result.id}`}
                  aria-label={`Result of ${formatDate(result.satAt, result.timeZone)}`}
                >
                  Result
                </TextLink>
              </p>
            </li>
          ))}
        </ol>
        {results.length < 2 ? null : (
          <div className={`${row} only-wide pointer-events-none absolute inset-0`} aria-hidden="true">
            <svg
              width="100%"
              height={rowHeight * results.length}
              overflow="visible"
              className="col-start-2"
              aria-hidden="true"
            >
              {results.slice(1).map((result, index) => (
                <line
                  key={result.id}
                  x1={percent(bands[index] ?? 0)}
                  y1={rowHeight * (index + 0.5)}
                  x2={percent(bands[index + 1] ?? 0)}
                  y2={rowHeight * (index + 1.5)}
                  strokeWidth="2"
                  className="stroke-accent"
                />
              ))}
              {results.map((result, index) => (
                <g key={result.id}>
                  <circle
                    cx={percent(pinOf(String(bands[index] ?? 0), result.cefr ?? ""))}
                    cy={rowHeight * (index + 0.5)}
                    r="8"
                    className="fill-paper"
                  />
                  <circle
                    cx={percent(pinOf(String(bands[index] ?? 0), result.cefr ?? ""))}
                    cy={rowHeight * (index + 0.5)}
                    r="5"
                    className="fill-ink"
                  />
                </g>
              ))}
            </svg>
          </div>
        )}
      </div>
    </div>
  );
}
