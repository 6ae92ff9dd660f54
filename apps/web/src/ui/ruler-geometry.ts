// The ruler is ten units long, so a place on it is ten times itself in percent. Bands from 0 to 10 are these units; every
// other scale is laid onto them.

export type RulerSegment = {
  /** The upper end of the segment; it belongs to this segment. */
  to: number;
  label: string;
  /** The label on two lines, for narrow tracks. */
  short?: readonly [string, string] | undefined;
};

export type PlacedSegment = RulerSegment & { from: number; step: number };

export const scaleEnd = 10;

export interface RulerAxis {
  readonly highest: number;
  /** From one numeral to the next. */
  readonly every: number;
}

export const bandAxis: RulerAxis = { highest: 10, every: 1 };

/** Where a value of an axis lies on the ruler. */
export function placeOn(value: number, { highest }: RulerAxis): number {
  return (value * scaleEnd) / highest;
}

export function onAxis(segments: readonly RulerSegment[], axis: RulerAxis): readonly RulerSegment[] {
  if (axis.highest === scaleEnd) return segments;
  return segments.map((segment) => ({ ...segment, to: placeOn(segment.to, axis) }));
}

export function percent(value: number): string {
  return `${Math.round(Math.min(scaleEnd, Math.max(0, value)) * 1000) / 100}%`;
}

/** Segments with their lower ends and their step on the colour ramp of eight. */
export function placeSegments(segments: readonly RulerSegment[]): PlacedSegment[] {
  return segments.map((segment, index) => ({
    ...segment,
    from: segments[index - 1]?.to ?? 0,
    step: segments.length <= 1 ? 8 : 1 + Math.round((index * 7) / (segments.length - 1)),
  }));
}

/** The segment a value lies in: an end belongs to the lower one. */
export function holds(segment: PlacedSegment, value: number | undefined): boolean {
  if (value === undefined) return false;
  return (value > segment.from && value <= segment.to) || (value === 0 && segment.from === 0);
}

/** Text beside a bracket goes to its left when it would leave the track on the right. */
export function rangeTextSide(high: number): "left" | "right" {
  return high > 7.6 ? "left" : "right";
}

/** Text over a place near an end stays inside the track. */
export function anchorFor(value: number): "start" | "middle" | "end" {
  return value < 0.4 ? "start" : value > 9.6 ? "end" : "middle";
}
