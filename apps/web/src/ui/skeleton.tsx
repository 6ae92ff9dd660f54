const widths = ["w-11/12", "w-full", "w-4/5", "w-10/12", "w-3/5"] as const;

/** The shape of text that is on its way. */
export function Skeleton({ lines = 3, label = "Loading" }: { lines?: number | undefined; label?: string | undefined }) {
  return (
    <div role="status" aria-label={label} className="grid gap-3">
      {Array.from({ length: lines }, (_, index) => (
        <span key={String(index)} className={`skeleton ${widths[index % widths.length] ?? "w-full"}`} />
      ))}
    </div>
  );
}

export function SkeletonRows({
  rows = 8,
  label = "Loading",
}: {
  rows?: number | undefined;
  label?: string | undefined;
}) {
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={String(index)} className="flex h-8 items-center gap-6 border-b border-line">
          <span className="skeleton w-24" />
          <span className={`skeleton ${widths[index % widths.length] ?? "w-full"}`} />
          <span className="skeleton w-16" />
        </div>
      ))}
    </div>
  );
}
