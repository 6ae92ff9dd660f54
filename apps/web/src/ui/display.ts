/** What a reader may choose about how pages look: each a cookie and an attribute of the root. The first is what nobody chose. */
export const displayChoices = {
  theme: ["system", "light", "dark"],
  text: ["standard", "large", "largest"],
  contrast: ["standard", "high"],
} as const;
export type DisplayName = keyof typeof displayChoices;
export type DisplayValue<Name extends DisplayName> = (typeof displayChoices)[Name][number];

/** The choice a cookie or an attribute names; anything unknown is no choice. */
export function readDisplay<Name extends DisplayName>(name: Name, value: string | undefined): DisplayValue<Name> {
  const values: readonly DisplayValue<Name>[] = displayChoices[name];
  const found = values.find((known) => known === value) ?? values[0];
  if (found === undefined) throw new Error(`${name} has no values`);
  return found;
}

/** The root's attributes for the cookies of a request: the first paint is already right and needs no script. */
export function displayAttributes(cookie: (name: string) => string | undefined): Record<string, string> {
  const chosen = (Object.keys(displayChoices) as DisplayName[]).flatMap((name): [string, string][] => {
    const value = readDisplay(name, cookie(name));
    return value === displayChoices[name][0] ? [] : [[`data-${name}`, value]];
  });
  return Object.fromEntries(chosen);
}
