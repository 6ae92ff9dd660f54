// Where the parts of a progress chart lie: percent across, so that it grows with its page, and pixels down.

export interface ProgressPoint {
  readonly score: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface PlacedPoint {
  /** Percent. */
  readonly x: number;
  /** Pixels from the top. */
  readonly y: number;
  readonly band: { readonly top: number; readonly bottom: number } | null;
}

/** Room left and right of the first and the last point, in percent, for what is written over them. */
const margin = 7;

/** Points side by side in the order of their sittings, each as far from the next; one point stands in the middle. */
export function placePoints(points: readonly ProgressPoint[], highest: number, height: number): PlacedPoint[] {
  const down = (score: number) => Math.round((1 - score / highest) * height * 100) / 100;
  const gaps = points.length - 1;
  return points.map(({ score, low, high }, index) => ({
    x: gaps === 0 ? 50 : Math.round((margin + ((100 - 2 * margin) * index) / gaps) * 100) / 100,
    y: down(score),
    band: low === null || high === null ? null : { top: down(high), bottom: down(low) },
  }));
}

/** The end of the scale is written this high at the left: what stands over a point keeps below. */
const numeralRoom = 16;

/** The line on which a score is written: over its range; where that reaches the top, over its point, or else under it. */
export function textOver({ y, band }: PlacedPoint): number {
  const over = [Math.min(y, band?.top ?? y), y].find((edge) => edge >= numeralRoom);
  return over === undefined ? y + 21 : over - 9;
}

/** The outlines of the bands between neighbours that both have one, as points of SVG. */
export function bandOutlines(points: readonly PlacedPoint[]): string[] {
  return points.slice(1).flatMap((to, index) => {
    const from = points[index];
    if (!from?.band || !to.band) return [];
    return [
      `${from.x},${from.band.top} ${to.x},${to.band.top} ${to.x},${to.band.bottom} ${from.x},${from.band.bottom}`,
    ];
  });
}
