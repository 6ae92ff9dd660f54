/** `bytes=0-99`, `bytes=100-`, `bytes=-50`. Several ranges at once, or anything else, get the whole file (RFC 9110, 14.2). */
export function readRange(
  header: string | null,
  size: number,
): { first: number; last: number } | "unsatisfiable" | null {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return null;
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  return first > last || first >= size ? "unsatisfiable" : { first, last };
}
