/** What one value has beside another, as facts by place: enough to make the second of the first. */
export interface Fact {
  /** JSON pointer: `/content/stimulus/kind`. */
  readonly place: string;
  /** Undefined: not there. */
  readonly value: unknown;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The facts that turn `from` into `to`. */
export function differences(from: unknown, to: unknown, place = ""): Fact[] {
  if (isRecord(from) && isRecord(to)) {
    const names = new Set([...Object.keys(from), ...Object.keys(to)]);
    return [...names].flatMap((name) => differences(from[name], to[name], `${place}/${escapePointer(name)}`));
  }
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    return to.flatMap((value: unknown, index) => differences(from[index], value, `${place}/${index}`));
  }
  return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ place, value: to }];
}

/** `value` with the facts put in. Facts that fit nowhere are passed over: the bank's schema judges what results. */
export function withFacts(value: unknown, facts: readonly Fact[]): unknown {
  return facts.reduce(
    (current, fact) => put(current, fact.place.split("/").slice(1).map(unescapePointer), fact.value),
    value,
  );
}

const escapePointer = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");
const unescapePointer = (name: string): string => name.replaceAll("~1", "/").replaceAll("~0", "~");

function put(value: unknown, [name, ...rest]: readonly string[], fact: unknown): unknown {
  if (name === undefined) return fact;
  if (Array.isArray(value)) {
    const index = Number(name);
    return value[index] === undefined ? value : value.with(index, put(value[index], rest, fact));
  }
  const record = isRecord(value) ? value : {};
  const own = Object.hasOwn(record, name) ? record[name] : undefined;
  const entries = Object.entries(record).filter(([key]) => key !== name);
  const changed = put(own, rest, fact);
  return Object.fromEntries(changed === undefined ? entries : [...entries, [name, changed]]);
}
