/** The few SVG elements the pictures are made of; every function returns markup. */

const attributes = (given) =>
  Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === "number" ? Math.round(value * 10) / 10 : value}"`)
    .join("");

const element =
  (name) =>
  (given, ...children) =>
    children.length === 0
      ? `<${name}${attributes(given)}/>`
      : `<${name}${attributes(given)}>${children.flat().join("\n")}</${name}>`;

const group = element("g");

export const rect = (x, y, width, height, fill, rx) => element("rect")({ x, y, width, height, fill, rx });
export const circle = (cx, cy, r, fill) => element("circle")({ cx, cy, r, fill });
export const ellipse = (cx, cy, rx, ry, fill, transform) => element("ellipse")({ cx, cy, rx, ry, fill, transform });
export const path = (d, fill) => element("path")({ d, fill });
export const stroke = (d, colour, width) =>
  element("path")({
    d,
    fill: "none",
    stroke: colour,
    "stroke-width": width,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
export const ring = (cx, cy, r, colour, width) =>
  element("circle")({ cx, cy, r, fill: "none", stroke: colour, "stroke-width": width });

/** Moves, then scales, then turns (degrees) what it holds. */
export const at = (x, y, scale, ...children) => {
  const [sx, sy] = Array.isArray(scale) ? scale : [scale, scale];
  return group({ transform: `translate(${x} ${y})${sx === 1 && sy === 1 ? "" : ` scale(${sx} ${sy})`}` }, ...children);
};
export const turned = (x, y, degrees, ...children) =>
  group({ transform: `translate(${x} ${y}) rotate(${degrees})` }, ...children);

export const clipped = (id, x, y, width, height, ...children) =>
  `<clipPath id="${id}"><rect x="${x}" y="${y}" width="${width}" height="${height}"/></clipPath>` +
  group({ "clip-path": `url(#${id})` }, ...children);

export const picture = (title, ...children) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 500" width="800" height="500" role="img">\n` +
  `<title>${title}</title>\n${children.flat(9).join("\n")}\n</svg>\n`;

/** Two scenes side by side, each drawn as if it had a canvas of 392 × 500 to itself. */
export const pair = (left, right) => [
  rect(0, 0, 800, 500, "#faf8f2"),
  clipped("left", 0, 0, 392, 500, left),
  at(408, 0, 1, clipped("right", 0, 0, 392, 500, right)),
];
