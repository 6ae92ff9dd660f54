import type { ReactNode } from "react";

/** A place on an SVG at a share of its width: what is inside counts in pixels from there. */
export function SvgAt({ x, y, children }: { x: string; y?: string | number | undefined; children: ReactNode }) {
  return (
    <svg x={x} y={y} overflow="visible" aria-hidden="true">
      {children}
    </svg>
  );
}
