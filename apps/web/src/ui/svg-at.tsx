import type { ReactNode } from "react";

/**
 * A place on an SVG at a share of its width: what is inside counts in pixels from there. A drawing that server pages show
 * is a client component as a whole: parts of one that come from the server may be streamed apart, and React then holds
 * their place with a style attribute, which the content policy stops.
 */
export function SvgAt({ x, y, children }: { x: string; y?: string | number | undefined; children: ReactNode }) {
  return (
    <svg x={x} y={y} overflow="visible" aria-hidden="true">
      {children}
    </svg>
  );
}
