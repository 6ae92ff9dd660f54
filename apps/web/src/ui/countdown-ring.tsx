import { formatClock } from "./format.ts";

const radius = 46;
const round = 2 * Math.PI * radius;

/** A ring that empties; the figure inside is what counts, the ring is for the corner of the eye. */
export function CountdownRing({
  secondsLeft,
  totalSeconds,
  label,
}: {
  secondsLeft: number;
  totalSeconds: number;
  /** Under the figure: “to prepare”, “of 2:00”. */
  label: string;
}) {
  const share = totalSeconds > 0 ? Math.min(1, Math.max(0, secondsLeft / totalSeconds)) : 0;
  return (
    <div className="countdown-ring" role="timer" aria-live="off">
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle cx="50" cy="50" r={radius} className="ring-ground" />
        <circle
          cx="50"
          cy="50"
          r={radius}
          className="ring-left"
          strokeDasharray={round}
          strokeDashoffset={round * (1 - share)}
          transform="rotate(-90 50 50)"
        />
      </svg>
      <span className="ring-text">
        <b>{formatClock(secondsLeft)}</b>
        <span>{label}</span>
      </span>
    </div>
  );
}
