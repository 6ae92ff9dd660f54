/** Text from the input made safe for one line of a terminal: no control or invisible characters, and not endless. */
export function printable(text: string): string {
  const safe = text.replace(/[\p{C}\u2028\u2029]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
  return safe.length > 200 ? `${safe.slice(0, 200)}…` : safe;
}
