import { formatFixed } from "@/ui/format.ts";

type Known = { readonly value: number; readonly low: number; readonly high: number };
type Unknown = { readonly value: null; readonly reason: string };

export const share = (value: number) => `${Math.round(value * 100)} %`;
const plain = (value: number) => formatFixed(value, 2);

/** A figure with its 95 % interval; where there is none, why. */
export function Figure({
  of: estimate,
  as: format = plain,
}: {
  of: Known | Unknown | null | undefined;
  as?: (value: number) => string;
}) {
  if (!estimate) return <span className="text-ink-3">–</span>;
  if (estimate.value === null)
    return (
      <span className="text-ink-3">
        –<span className="sr-only">: {estimate.reason}</span>
      </span>
    );
  const [low, high] = [format(estimate.low).replace(" %", ""), format(estimate.high)];
  return (
    <span className="whitespace-nowrap tabular-nums">
      <b className="font-semibold">{format(estimate.value)}</b>{" "}
      <span className="text-ink-3">
        ({low}
        {/* A dash between signs would read as one of them. */}
        {/^[+−]/.test(low + high) || /[+−]/.test(high) ? " to " : "–"}
        {high})
      </span>
    </span>
  );
}
