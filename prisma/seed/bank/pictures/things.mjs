import { at, circle, ellipse, path, rect, ring, stroke, turned } from "./shapes.mjs";

/** Things that stand about in more than one scene; each is drawn from the point it stands on. */

export const cloud = (x, y, scale = 1, fill = "#f4f8f7") =>
  at(
    x,
    y,
    scale,
    path(
      "M-50 14q-16 0 -16 -14q0 -14 16 -14q4 -18 24 -18q16 0 22 12q6 -6 16 -6q18 0 20 16q16 0 16 12q0 12 -14 12Z",
      fill,
    ),
  );

export const sun = (x, y, r = 34) => [circle(x, y, r * 1.4, "#f8e7b5"), circle(x, y, r, "#f4cf76")];

export const rain = (drops, colour = "#8fa9bd") =>
  stroke(drops.map(([x, y]) => `M${x} ${y}l-4 12`).join(""), colour, 2.5);

export const tree = (x, y, scale = 1, [dark, light] = ["#7ba874", "#8fb888"]) =>
  at(x, y, scale, [
    path("M-10 0Q-5 -50 -8 -96h16Q5 -50 10 0Z", "#8f7057"),
    ...[
      [-38, -118, 38],
      [38, -120, 38],
      [0, -158, 46],
      [0, -108, 40],
    ].map(([cx, cy, r]) => circle(cx, cy, r, dark)),
    ...[
      [-24, -140, 20],
      [18, -164, 18],
      [34, -124, 13],
    ].map(([cx, cy, r]) => circle(cx, cy, r, light)),
  ]);

export const bush = (x, y, scale = 1, colour = "#86b07c") =>
  at(
    x,
    y,
    scale,
    [
      [-28, -14, 20],
      [0, -22, 26],
      [28, -14, 20],
    ].map(([cx, cy, r]) => circle(cx, cy, r, colour)),
  );

export const potPlant = (x, y, scale = 1, pot = "#c27a55") =>
  at(x, y, scale, [
    stroke("M0 -24Q-4 -50 -20 -62M0 -24Q2 -56 2 -74M0 -24Q6 -48 22 -58", "#5f8f5b", 4),
    ...[
      [-22, -62, -40],
      [2, -78, 0],
      [24, -60, 40],
      [-12, -50, -60],
      [14, -48, 60],
    ].map(([cx, cy, a]) => turned(cx, cy, a, ellipse(0, 0, 8, 15, "#74a56c"))),
    path("M-18 -28H18L13 0H-13Z", pot),
    rect(-20, -32, 40, 8, pot, 2),
    rect(-20, -26, 40, 2, "#00000018"),
  ]);

export const windowPane = (x, y, width, height, glass = "#c3dde6", frame = "#f3efe6") => [
  rect(x - 7, y - 7, width + 14, height + 14, frame, 3),
  rect(x, y, width, height, glass),
  path(
    `M${x + width * 0.1} ${y + height}L${x + width * 0.4} ${y}H${x + width * 0.55}L${x + width * 0.25} ${y + height}Z`,
    "#ffffff55",
  ),
  rect(x + width / 2 - 3, y, 6, height, frame),
  rect(x, y + height / 2 - 3, width, 6, frame),
  rect(x - 12, y + height + 5, width + 24, 9, frame, 3),
];

export const table = (x, y, width, height, wood = "#b98a5c") => [
  ellipse(x, y + 2, width / 2, 7, "#00000016"),
  rect(x - width / 2 + 12, y - height + 8, 10, height - 8, wood, 3),
  rect(x + width / 2 - 22, y - height + 8, 10, height - 8, wood, 3),
  rect(x - width / 2, y - height, width, 13, wood, 4),
  rect(x - width / 2, y - height + 9, width, 4, "#00000020", 2),
];

export const chair = (x, y, facing = 1, wood = "#9c7350") =>
  at(
    x,
    y,
    [facing, 1],
    [
      rect(-22, -52, 44, 8, wood, 3),
      rect(-22, -104, 7, 104, wood, 3),
      rect(15, -48, 7, 48, wood, 3),
      rect(-22, -98, 7, 30, wood),
      stroke("M-19 -100L-19 -56", "#00000022", 2),
    ],
  );

export const bench = (x, y, width = 170, wood = "#b08257") => [
  ellipse(x, y + 2, width / 2, 7, "#00000018"),
  ...[-1, 1].map((side) => rect(x + side * (width / 2 - 16) - 4, y - 74, 8, 76, "#5d5a5a", 2)),
  rect(x - width / 2, y - 78, width, 11, wood, 3),
  rect(x - width / 2, y - 62, width, 11, wood, 3),
  rect(x - width / 2, y - 38, width, 12, wood, 3),
];

export const box = (x, y, width, height, colour = "#c79a66") => [
  rect(x - width / 2, y - height, width, height, colour, 2),
  rect(x - width / 2, y - height, width, height * 0.22, "#00000012"),
  rect(x - 8, y - height, 16, height * 0.42, "#e2c394"),
];

export const cup = (x, y, colour = "#c2605a") =>
  at(x, y, 1, [ring(9, -9, 5, colour, 3), rect(-9, -18, 18, 18, colour, 4)]);
export const plate = (x, y, r = 20) => [
  ellipse(x, y, r, r * 0.3, "#f7f4ec"),
  ellipse(x, y - 1, r * 0.65, r * 0.17, "#e4dfd2"),
];
export const glass = (x, y) => path(`M${x - 6} ${y - 20}h12l-2 20h-8Z`, "#d8ebf0cc");

export const suitcase = (x, y, scale = 1, colour = "#b65a52") =>
  at(x, y, scale, [
    stroke("M-11 -66V-92H11V-66", "#5d5a5a", 4),
    rect(-27, -68, 54, 64, colour, 7),
    stroke("M-12 -62V-10M0 -62V-10M12 -62V-10", "#00000022", 3),
    circle(-18, -2, 5, "#3c3a3a"),
    circle(18, -2, 5, "#3c3a3a"),
  ]);

export const rucksack = (colour = "#5c8a72") =>
  path("M-20 -54q20 -12 40 0q8 20 5 46q-25 8 -50 0q-3 -26 5 -46Z", colour);

/** Seen from the side, riding to the right; the origin is the ground below the pedals. */
export const bicycle = (x, y, scale = 1, colour = "#c2564d", shadow = true) =>
  at(x, y, scale, [
    shadow ? ellipse(0, 2, 70, 6, "#00000018") : "",
    ...[-46, 46].flatMap((cx) => [
      ring(cx, -30, 29, "#3f4448", 5),
      ring(cx, -30, 20, "#00000014", 1),
      circle(cx, -30, 4, "#3f4448"),
    ]),
    stroke("M-46 -30L-20 -72L30 -76L0 -28Z M-20 -72L0 -28M46 -30L28 -86", colour, 5),
    stroke("M-46 -30L0 -28M-20 -72L-23 -84", colour, 4),
    stroke("M28 -86L22 -96L36 -98", "#3f4448", 5),
    path("M-38 -90q16 -4 30 2q-2 6 -12 6q-12 0 -18 -8Z", "#3f4448"),
    circle(0, -28, 8, "#8d8f92"),
  ]);

export const guitar = (degrees = -24, scale = 1) =>
  turned(
    0,
    0,
    degrees,
    at(0, 0, scale, [
      rect(18, -6, 66, 8, "#7a5236", 2),
      rect(82, -10, 18, 15, "#5d3d28", 3),
      circle(-22, -2, 25, "#c98a4b"),
      circle(8, -2, 19, "#c98a4b"),
      circle(-2, -2, 8, "#5d3d28"),
      rect(-36, -9, 6, 14, "#5d3d28", 2),
      stroke("M-32 -2H90", "#f4e6cc", 1.5),
    ]),
  );

export const catAsleep = (x, y, scale = 1, colour = "#d98f4e") =>
  at(x, y, scale, [
    path("M-30 0q-6 -26 18 -28q32 -2 38 18q2 10 -4 10Z", colour),
    stroke("M26 -4Q40 -2 34 -14", colour, 8),
    circle(-22, -12, 13, colour),
    path("M-34 -18l0 -14l11 7Z M-21 -25l9 -8l2 14Z", colour),
    stroke("M-29 -12q3 3 6 0M-20 -12q3 3 6 0", "#5b3a22", 1.8),
    stroke("M2 -26q4 8 2 14M12 -24q4 8 2 14", "#b96f33", 3),
  ]);

export const dogAsleep = (x, y, scale = 1, colour = "#a9764a") =>
  at(x, y, scale, [
    path("M-44 0q-4 -26 26 -28h22q28 2 32 28Z", colour),
    stroke("M34 -6Q50 -8 48 -20", colour, 7),
    ellipse(-44, -9, 20, 13, colour),
    ellipse(-38, -14, 7, 12, "#83562f"),
    circle(-63, -8, 4, "#3b2f2a"),
    stroke("M-54 -12q3 3 6 0", "#3b2f2a", 2),
  ]);

export const dog = (x, y, scale = 1, colour = "#a9764a") =>
  at(x, y, scale, [
    ellipse(4, 2, 46, 6, "#00000018"),
    stroke("M-22 -24V-2M-12 -24V-2M24 -24V-2M34 -24V-2", colour, 9),
    path("M-30 -40q4 -10 18 -10h38q16 2 16 18q0 14 -14 14h-46q-14 0 -12 -22Z", colour),
    stroke("M40 -38Q56 -44 52 -60", colour, 7),
    circle(-36, -52, 17, colour),
    ellipse(-50, -47, 12, 9, colour),
    circle(-60, -50, 4, "#3b2f2a"),
    ellipse(-27, -52, 7, 14, "#83562f"),
    circle(-41, -57, 2.6, "#3b2f2a"),
  ]);

export const lampShade = (x, y, height = 150, shade = "#f1d48d") => [
  rect(x - 2.5, y - height, 5, height, "#7b6f66"),
  ellipse(x, y, 20, 5, "#7b6f66"),
  path(`M${x - 16} ${y - height - 34}H${x + 16}L${x + 28} ${y - height + 6}H${x - 28}Z`, shade),
];

export const book = (x, y, degrees = 0, cover = "#4f7c8a", scale = 1) =>
  turned(
    x,
    y,
    degrees,
    at(0, 0, scale, [
      path("M-24 -13Q-12 -19 0 -13Q12 -19 24 -13V13Q12 7 0 13Q-12 7 -24 13Z", cover),
      path("M-21 -12Q-11 -17 0 -11V10Q-11 5 -21 9Z M21 -12Q11 -17 0 -11V10Q11 5 21 9Z", "#f8f3e6"),
    ]),
  );

export const shelf = (x, y, width, rows, rowHeight, seed, wood = "#a57b55") => {
  const colours = ["#b65a52", "#5f8aa0", "#d4a24f", "#6f9a72", "#8a6f9e", "#c98a6a", "#4f6d7a", "#d9c9a3"];
  const books = [];
  let n = seed;
  const next = () => {
    n = (n * 16807) % 2147483647;
    return n / 2147483647;
  };
  for (let row = 0; row < rows; row += 1) {
    const floor = y + (row + 1) * rowHeight - 6;
    let left = x + 8;
    while (left < x + width - 20) {
      const w = 8 + next() * 8;
      const h = rowHeight * (0.5 + next() * 0.28);
      if (next() > 0.1) books.push(rect(left, floor - h, w, h, colours[Math.floor(next() * colours.length)], 1));
      left += w + 1.5;
    }
    books.push(rect(x, floor, width, 6, wood));
  }
  return [
    rect(x, y - 6, width, rows * rowHeight + 6, "#8d6746", 3),
    rect(x + 6, y, width - 12, rows * rowHeight - 6, "#7a583b"),
    ...books,
    rect(x, y - 6, 6, rows * rowHeight + 6, wood),
    rect(x + width - 6, y - 6, 6, rows * rowHeight + 6, wood),
  ];
};
