import { formatFixed, formatSigned } from "@/ui/format.ts";
import { SvgAt } from "@/ui/svg-at.tsx";

/** Each examiner's severity with its 95 % interval on one axis around 0: lenient left, severe right. */
export function SeverityChart({
  raters,
}: {
  raters: readonly { readonly name: string; readonly severity: number; readonly se: number; readonly count: number }[];
}) {
  if (raters.length < 2) return null;
  const reach = Math.max(0.5, ...raters.map(({ severity, se }) => Math.abs(severity) + 1.96 * se)) * 1.08;
  const x = (value: number) => `${((value / reach + 1) / 2) * 100}%`;
  const sorted = [...raters].sort((a, b) => a.severity - b.severity);
  const words = sorted
    .map(
      ({ name, severity, se, count }) =>
        `${name} ${formatSigned(severity, 2)} ± ${formatFixed(1.96 * se, 2)}, ${count} marks`,
    )
    .join("; ");
  return (
    <figure className="mb-4">
      <div
        className="grid grid-cols-[minmax(6rem,12rem)_minmax(0,1fr)] gap-x-4 text-dense"
        role="img"
        aria-label={`Severity: ${words}`}
      >
        {sorted.map(({ name, severity, se }) => (
          <div key={name} className="contents">
            <span className="truncate leading-7">{name}</span>
            <svg className="h-7 w-full overflow-visible" aria-hidden="true">
              <SvgAt x="50%">
                <line y1={0} y2={28} className="stroke-line" />
              </SvgAt>
              <line
                x1={x(severity - 1.96 * se)}
                x2={x(severity + 1.96 * se)}
                y1={14}
                y2={14}
                className="stroke-line-strong stroke-2"
              />
              <SvgAt x={x(severity)}>
                <circle
                  cy={14}
                  r={5}
                  // Hollow where the interval leaves 0 out: this examiner differs from the others.
                  className={Math.abs(severity) > 1.96 * se ? "fill-surface stroke-accent stroke-2" : "fill-accent"}
                />
              </SvgAt>
            </svg>
          </div>
        ))}
        <span />
        <span className="grid grid-cols-[1fr_auto_1fr] gap-x-3 text-small text-ink-3">
          <span>more lenient</span>
          <span>0</span>
          <span className="text-right">more severe</span>
        </span>
      </div>
      <figcaption className="text-small text-ink-3">
        Dot: severity in logits; line: 95 % interval. A hollow dot differs from the others by more than chance.
      </figcaption>
    </figure>
  );
}
