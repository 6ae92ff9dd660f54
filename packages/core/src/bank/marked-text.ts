/** The few marks that plain texts of the bank may carry: emphasis in stimuli, gaps and selectable words in questions. */

export interface RichRun {
  readonly text: string;
  readonly strong?: true;
  readonly emphasis?: true;
}

interface Mark {
  readonly at: number;
  readonly sign: "*" | "**";
  /** Leans on the word after it: may begin emphasis. */
  readonly opens: boolean;
  /** Leans on the word before it: may end emphasis. */
  readonly closes: boolean;
}

/**
 * Runs of a text with `**strong**` and `*emphasis*`; a backslash before `*` or `\` takes it literally. A mark without its
 * partner, or with white space on its inner side, is a plain asterisk: `2 * 3` stays as it is.
 *
 * @example richText("a *b*") // [{ text: "a " }, { text: "b", emphasis: true }]
 */
export function richText(text: string): RichRun[] {
  const tokens = text.match(/\\[\\*]|\*\*|\*|\\|[^\\*]+/g) ?? [];
  const isMark = (token: string | undefined): token is Mark["sign"] => token === "*" || token === "**";
  const marks = tokens.flatMap((sign, at): Mark[] => {
    if (!isMark(sign)) return [];
    const [before, after] = [tokens[at - 1], tokens[at + 1]];
    return [
      {
        at,
        sign,
        opens: after !== undefined && !/^\s/.test(after),
        closes: before !== undefined && !/\s$/.test(before),
      },
    ];
  });
  const paired = new Set<number>();
  for (const sign of ["**", "*"] as const) {
    let open: Mark | undefined;
    for (const mark of marks.filter((one) => one.sign === sign)) {
      // Something must stand between the two, other marks apart.
      if (open && mark.closes && tokens.slice(open.at + 1, mark.at).some((token) => !isMark(token))) {
        paired.add(open.at).add(mark.at);
        open = undefined;
      } else if (mark.opens) open = mark;
    }
  }
  const runs: { text: string; strong?: true; emphasis?: true }[] = [];
  const on = { strong: false, emphasis: false };
  for (const [at, token] of tokens.entries()) {
    if (paired.has(at)) {
      const kind = token === "**" ? "strong" : "emphasis";
      on[kind] = !on[kind];
      continue;
    }
    const plain = /^\\./.test(token) ? token.slice(1) : token;
    const last = runs.at(-1);
    if (last && (last.strong ?? false) === on.strong && (last.emphasis ?? false) === on.emphasis) last.text += plain;
    else runs.push({ text: plain, ...(on.strong && { strong: true }), ...(on.emphasis && { emphasis: true }) });
  }
  return runs;
}

/** The words alone, without marks of emphasis. */
export function plainText(text: string): string {
  return richText(text)
    .map((run) => run.text)
    .join("");
}

/** A stretch of a question's text: plain (no id), a gap (`[[1]]`: an id, no words) or selectable words (`[[w1|words]]`). */
export interface TextPiece {
  readonly id?: string;
  readonly text: string;
}

export function textPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(/\[\[([a-z0-9-]{1,16})(?:\|([^\]]+))?\]\]/g)) {
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ id: match[1] ?? "", text: match[2] ?? "" });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** The ids of the gaps in a text, in order: `[[1]] … [[2]]` → 1, 2. */
export function gapIds(text: string): string[] {
  return textPieces(text).flatMap((piece) => (piece.id !== undefined && piece.text === "" ? [piece.id] : []));
}

/** The selectable words of a text, in order: `[[w1|has]]` → w1, has. */
export function hotWords(text: string): { id: string; text: string }[] {
  return textPieces(text).flatMap(({ id, text: words }) =>
    id !== undefined && words !== "" ? [{ id, text: words }] : [],
  );
}
