"use client";

/** A QR code as one vector path; always dark on light, whatever the theme, because scanners expect it. */
export function QrCode({
  matrix,
  label,
  className,
}: {
  matrix: readonly (readonly boolean[])[];
  label: string;
  className?: string | undefined;
}) {
  const size = matrix.length;
  const path = matrix.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  // Four modules of quiet ground around it, as the standard asks.
  return (
    <svg
      viewBox={`-4 -4 ${size + 8} ${size + 8}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className={className}
    >
      <rect x="-4" y="-4" width={size + 8} height={size + 8} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
