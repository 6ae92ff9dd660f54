export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * A link to the same list with some parameters changed: `withParams("/items", current, { sort: "facility", page: null })`.
 * `null` or an empty string removes a parameter; everything else is kept.
 */
export function withParams(
  path: string,
  current: SearchParams | URLSearchParams,
  changes: Readonly<Record<string, string | number | readonly string[] | null>>,
): string {
  const params = new URLSearchParams();
  const entries: Iterable<readonly [string, string | readonly string[] | undefined]> =
    current instanceof URLSearchParams ? current.entries() : Object.entries(current);
  for (const [name, value] of entries) {
    if (name in changes || value === undefined) continue;
    for (const one of typeof value === "string" ? [value] : value) params.append(name, one);
  }
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  }
  const query = params.toString();
  return query === "" ? path : `${path}?${query}`;
}

/** The first value of a search parameter that may come once, several times or not at all. */
export function firstParam(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "string" || value === undefined ? value : value[0];
}
