import type { Distribution } from "@bandwise/core/results/distribution-rules";
import { schemeById } from "@bandwise/core/schemes/rules";
import { formatCount } from "@/ui/format.ts";
import { RulerHistogram } from "@/ui/ruler.tsx";
import { rulerOf } from "./band-scale.ts";

/** How the overall scores of one examination fall, on its scale. */
export function ScoreDistribution({
  distribution: { schemeId, count, median, bins },
  when,
  height,
}: {
  distribution: Distribution;
  /** “of the last 30 days” */
  when: string;
  height?: number | undefined;
}) {
  const { title, scale } = schemeById(schemeId);
  const { segments, axis } = rulerOf(scale);
  const text = (score: number) => score.toFixed(scale.decimals);
  const spoken = bins
    .filter((bin) => bin.count > 0)
    .map((bin) => `up to ${text(bin.to)}: ${bin.count}`)
    .join(", ");
  // The median of an even number of half bands may lie between two.
  const middle = median.toFixed(2);
  return (
    <div>
      <p className="pb-2 text-dense">
        <b>{title}</b>
        <span className="ml-2 text-ink-3 tabular-nums">
          {formatCount(count, "result", "results")}, median {middle}
        </span>
      </p>
      <RulerHistogram
        segments={segments}
        axis={axis}
        bins={bins}
        height={height}
        label={`${title}: overall ${scale.noun.toLowerCase()}s ${when} on the scale from 0 to ${scale.highest}. ${spoken}. Median ${middle}.`}
      />
    </div>
  );
}
