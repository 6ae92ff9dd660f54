/** XML as text, made of pieces that can only be well-formed: values are escaped, and what XML cannot hold is left out. */
export interface Xml {
  readonly xml: string;
}

export function tag(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...inside: readonly (Xml | string)[]
): Xml {
  const told = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeXml(String(value))}"`],
  );
  const start = `<${name}${told.join("")}`;
  if (inside.length === 0) return { xml: `${start}/>` };
  return {
    xml: `${start}>${inside.map((piece) => (typeof piece === "string" ? escapeXml(piece) : piece.xml)).join("")}</${name}>`,
  };
}

export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot hold these at all.
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}

export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`;
}
