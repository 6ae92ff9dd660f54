/**
 * Text in a spreadsheet's cell. A cell that begins with =, +, -, @, tab or return would be run as a formula by some
 * spreadsheets, so an apostrophe goes before it, as a person would type it; reading takes it off again. Numbers stay numbers.
 */
const formula = /^'*[=+\-@\t\r]/;
const number = /^-?[0-9]+(\.[0-9]+)?$/;

export function toCell(text: string): string {
  return formula.test(text) && !number.test(text) ? `'${text}` : text;
}

export function fromCell(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

/** Entries with a name, one a line: `a) an apple`. A line without a name goes on with the entry before it. */
export function toLines(entries: readonly (readonly [name: string, text: string])[]): string {
  return entries.map(([name, text]) => `${name}) ${text}`).join("\n");
}

const entry = /^([A-Za-z0-9:./-]{1,40})\)\s?(.*)$/;

export function fromLines(cell: string): [string, string][] {
  const entries: [string, string][] = [];
  for (const line of cell.split(/\r?\n/)) {
    const [, name, text = ""] = entry.exec(line.trim()) ?? [];
    const last = entries.at(-1);
    if (name !== undefined) entries.push([name, text.trim()]);
    else if (last && line.trim() !== "") last[1] = `${last[1]}\n${line.trim()}`;
  }
  return entries;
}
