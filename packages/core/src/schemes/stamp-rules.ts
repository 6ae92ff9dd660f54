import type { SchemeStamp } from "@bandwise/scoring/scheme";

/** Whether a result's stamp, or none for a new result, is of this version. */
export function isSameStamp(scheme: SchemeStamp, stamp: SchemeStamp | undefined): boolean {
  if (stamp === undefined) return true;
  return stamp.id === scheme.id && stamp.version === scheme.version && stamp.hash === scheme.hash;
}
