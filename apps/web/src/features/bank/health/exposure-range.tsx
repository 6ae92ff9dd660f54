"use client";

/** Least, median and most allotments of a slot's items on one scale for the whole page: a long bar is uneven use. */
export function ExposureRange({
  least,
  median,
  most,
  greatest,
}: {
  least: number;
  median: number;
  most: number;
  greatest: number;
}) {
  const at = (value: number): string => `${4 + (value / greatest) * 92}%`;
  return (
    <span className="flex items-center gap-2">
      <svg
        className="h-4 w-20 flex-none overflow-visible"
        role="img"
        aria-label={`Allotted ${least} to ${most} times, median ${median}`}
      >
        <line x1="4%" x2="96%" y1="8" y2="8" className="stroke-line" strokeWidth="1" />
        <line
          x1={at(least)}
          x2={at(most)}
          y1="8"
          y2="8"
          className="stroke-accent"
          strokeWidth="4"
          strokeLinecap="round"
        />
        <circle cx={at(median)} cy="8" r="4" className="fill-surface stroke-accent" strokeWidth="2" />
      </svg>
      <span className="text-small whitespace-nowrap text-ink-3 tabular-nums">
        {least === most ? most : `${least}–${most}`}
      </span>
    </span>
  );
}
