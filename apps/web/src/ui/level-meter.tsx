import { SvgAt } from "./svg-at.tsx";

const cells = 30;

/** How loud it is, 0 to 1, with the words quiet, good and loud printed under the scale. */
export function LevelMeter({
  level,
  label = "Microphone level",
  quietBelow = 0.2,
  loudAbove = 0.85,
}: {
  level: number;
  label?: string | undefined;
  quietBelow?: number | undefined;
  loudAbove?: number | undefined;
}) {
  const lit = Math.round(Math.min(1, Math.max(0, level)) * cells);
  const word = level < quietBelow ? "quiet" : level > loudAbove ? "loud" : "good";
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native meter cannot be drawn as cells
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={lit / cells}
      aria-valuetext={word}
    >
      <svg className="meter" aria-hidden="true">
        {Array.from({ length: cells }, (_, index) => {
          const at = index / cells;
          const low = at < quietBelow;
          return (
            <rect
              key={at}
              x={`${at * 100}%`}
              width={`${100 / cells - 0.7}%`}
              y={low ? "22%" : "0"}
              height={low ? "56%" : "100%"}
              rx="1"
              className={index < lit ? "meter-lit" : at >= loudAbove ? "meter-loud" : "meter-cell"}
            />
          );
        })}
      </svg>
      <svg className="meter-words" aria-hidden="true">
        {[
          { at: 0, text: "quiet" },
          { at: quietBelow, text: "good" },
          { at: loudAbove, text: "loud" },
        ].map(({ at, text }) => (
          <SvgAt key={text} x={`${at * 100}%`}>
            <path d="M0.5 0V20" className="meter-edge" />
            <text x="5" y="14" className={text === word ? "meter-now" : undefined}>
              {text}
            </text>
          </SvgAt>
        ))}
      </svg>
    </div>
  );
}
