import { at, circle, ellipse, path, ring, stroke } from "./shapes.mjs";

/**
 * A person in flat colours, in any posture. The origin is the middle of the hips; up is negative. Hands and feet are
 * put where the scene wants them, elbows and knees follow.
 */

export const skins = {
  fair: "#f3cfae",
  light: "#e8b98f",
  tan: "#d09a6c",
  brown: "#a56d45",
  dark: "#7a4a2e",
  deep: "#5c3824",
};
const ink = "#3b2f2a";
const upperArm = 33;
const foreArm = 31;
const thigh = 37;
const shin = 37;
const shoulderWidth = 21;
const shoulderHeight = 54;

/** Where the middle joint of a two-part limb lies; `bend` is the side it points to (1 or −1). */
function joint([x0, y0], [x1, y1], first, second, bend) {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const distance = Math.min(Math.hypot(dx, dy), first + second - 0.5) || 1;
  const direction = Math.atan2(dy, dx);
  const angle = Math.acos(
    Math.max(-1, Math.min(1, (first ** 2 + distance ** 2 - second ** 2) / (2 * first * distance))),
  );
  return [x0 + first * Math.cos(direction + bend * angle), y0 + first * Math.sin(direction + bend * angle)];
}

/** The end of a limb, drawn back to what the limb can reach. */
function within([x0, y0], [x1, y1], reach) {
  const distance = Math.hypot(x1 - x0, y1 - y0);
  if (distance <= reach) return [x1, y1];
  return [x0 + ((x1 - x0) * reach) / distance, y0 + ((y1 - y0) * reach) / distance];
}

const around = ([x, y], degrees) => {
  const a = (degrees * Math.PI) / 180;
  return [x * Math.cos(a) - y * Math.sin(a), x * Math.sin(a) + y * Math.cos(a)];
};
const to = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`;

function arm(side, { hand, bend, sleeve = "long", holds }, { lean, skin, top, build }) {
  const shoulder = around([side * shoulderWidth * build, -shoulderHeight + 6], lean);
  const end = within(shoulder, hand, upperArm + foreArm);
  const elbow = joint(shoulder, end, upperArm, foreArm, bend ?? -side);
  const below =
    sleeve === "short"
      ? [stroke(`M${to(elbow)}L${to(end)}`, skin, 12), stroke(`M${to(shoulder)}L${to(elbow)}`, top, 16)]
      : [stroke(`M${to(shoulder)}L${to(elbow)}L${to(end)}`, top, 15)];
  return [...below, circle(end[0], end[1], 8, skin), ...(holds ? [at(end[0], end[1], 1, holds)] : [])];
}

function leg(side, { foot, bend, bare = false, toe }, { bottom, shoes, skin }) {
  const hip = [side * 10, -2];
  const end = within(hip, foot, thigh + shin);
  const knee = joint(hip, end, thigh, shin, bend ?? side);
  const direction = toe ?? side;
  return [
    bare
      ? [stroke(`M${to(knee)}L${to(end)}`, skin, 12), stroke(`M${to(hip)}L${to(knee)}`, bottom, 20)]
      : stroke(`M${to(hip)}L${to(knee)}L${to(end)}`, bottom, 19),
    path(
      `M${to([end[0] - 9 * direction, end[1] + 9])}q${-1 * direction} -14 ${10 * direction} -13q${5 * direction} 5 ${14 * direction} 6q${5 * direction} 2 ${4 * direction} 7Z`,
      shoes,
    ),
  ].flat();
}

function trunk(top, build, dress) {
  const w = (shoulderWidth + 5) * build;
  const waist = 20 * build;
  return dress
    ? path(
        `M${-w} -46q2 -14 16 -15q${w - 16} -4 ${2 * (w - 16)} 0q14 1 16 15L${waist} -6L${waist + 14} 38q${-waist - 14} 8 ${-2 * waist - 28} 0L${-waist} -6Z`,
        top,
      )
    : path(
        `M${-w} -46q2 -14 16 -15q${w - 16} -4 ${2 * (w - 16)} 0q14 1 16 15L${waist + 1} 2q0 6 -6 6H${-waist + 5}q-6 0 -6 -6Z`,
        top,
      );
}

const backHair = {
  long: (c) => path("M-27 2Q-32 44 -24 52H24Q32 44 27 2Q26 -28 0 -28Q-26 -28 -27 2Z", c),
  ponytail: (c) => path("M14 -16Q46 -22 44 14Q42 36 32 40Q36 12 16 0Z", c),
  bun: (c) => circle(6, -33, 12, c),
  curly: (c) =>
    [
      [-22, -12, 15],
      [22, -12, 15],
      [-14, -26, 15],
      [14, -26, 15],
      [0, -30, 14],
      [-26, 4, 11],
      [26, 4, 11],
    ].map(([x, y, r]) => circle(x, y, r, c)),
  scarf: (c) => path("M-29 0Q-30 -31 0 -31Q30 -31 29 0Q30 24 36 46Q0 58 -36 46Q-30 24 -29 0Z", c),
};
const frontHair = {
  short: (c) => path("M-26 -2Q-30 -30 0 -30Q30 -30 26 -2Q22 -14 14 -17Q-2 -12 -14 -17Q-22 -14 -26 -2Z", c),
  long: (c) => path("M-26 4Q-30 -30 0 -30Q30 -30 26 4Q24 -14 8 -20Q-16 -16 -26 4Z", c),
  ponytail: (c) => path("M-26 0Q-29 -30 0 -30Q29 -30 26 -2Q16 -18 2 -19Q-18 -17 -26 0Z", c),
  bun: (c) => path("M-26 0Q-29 -30 0 -30Q29 -30 26 0Q18 -18 0 -19Q-18 -18 -26 0Z", c),
  curly: (c) =>
    [
      [-16, -18, 9],
      [-5, -21, 9],
      [7, -21, 9],
      [17, -17, 9],
    ].map(([x, y, r]) => circle(x, y, r, c)),
  waves: (c) => [
    path("M-26 -2Q-30 -30 0 -30Q30 -30 26 -2Q23 -12 17 -15Q0 -20 -17 -15Q-23 -12 -26 -2Z", c),
    ...[
      [-20, -18, 9],
      [-8, -26, 10],
      [7, -27, 10],
      [19, -19, 9],
    ].map(([x, y, r]) => circle(x, y, r, c)),
  ],
  bald: (c) => [path("M-26 4Q-29 -10 -23 -12Q-22 -4 -22 4Z", c), path("M26 4Q29 -10 23 -12Q22 -4 22 4Z", c)],
  scarf: (c) => path("M-27 6Q-28 -30 0 -30Q28 -30 27 6Q24 -18 0 -20Q-24 -18 -27 6Z", c),
  cap: (c) => [path("M-27 -8Q-26 -32 0 -32Q26 -32 27 -8Z", c), path("M-4 -8H40Q40 -15 26 -14Z", c)],
  helmet: (c) => [
    path("M-29 -8Q-28 -37 0 -37Q28 -37 29 -8Q0 -14 -29 -8Z", c),
    stroke("M-9 -35Q-12 -22 -10 -13M9 -35Q12 -22 10 -13", "#ffffff66", 3),
  ],
  hat: (c) => [
    ellipse(0, -14, 42, 9, c),
    path("M-23 -14Q-24 -38 0 -38Q24 -38 23 -14Z", c),
    stroke("M-22 -17Q0 -12 22 -17", "#ffffff88", 4),
  ],
};

function face(look, { mouth = "smile", glasses, eyes = "open" }) {
  const dx = look * 6;
  const eye = (x) => (eyes === "shut" ? stroke(`M${x - 4} 0q4 4 8 0`, ink, 2) : ellipse(x, -1, 2.6, 3.4, ink));
  const mouths = {
    smile: stroke(`M${dx - 6} 10q6 6 12 0`, ink, 2.2),
    laugh: path(`M${dx - 7} 8q7 3 14 0q-1 9 -7 9q-6 0 -7 -9Z`, "#8f3f3a"),
    flat: stroke(`M${dx - 5} 12h10`, ink, 2.2),
    sad: stroke(`M${dx - 6} 14q6 -6 12 0`, ink, 2.2),
    open: ellipse(dx, 12, 4.5, 5.5, "#8f3f3a"),
  };
  const lenses = {
    clear: [ring(dx - 9, -1, 7, ink, 2), ring(dx + 9, -1, 7, ink, 2), stroke(`M${dx - 2} -1h4`, ink, 2)],
    dark: [
      ellipse(dx - 9, -1, 8, 6.5, "#2d2f38"),
      ellipse(dx + 9, -1, 8, 6.5, "#2d2f38"),
      stroke(`M${dx - 2} -2h4`, "#2d2f38", 3),
    ],
  };
  return [
    eye(dx - 9),
    eye(dx + 9),
    stroke(`M${dx + look} 2q${look || 1} 3 ${-2 * (look || 1)} 4`, "#00000033", 1.8),
    mouths[mouth],
    ...(glasses ? lenses[glasses] : []),
  ];
}

function head({ skin, hair = "short", hairColour = "#3a2a22", beard, look = 0, tilt = 0, hat, ...looks }) {
  const beards = {
    full: path("M-24 2Q-24 28 0 31Q24 28 24 2Q20 8 12 6Q0 2 -12 6Q-20 8 -24 2Z", hairColour),
    moustache: path(`M${look * 6 - 10} 8q5 -5 10 -2q5 -3 10 2q-5 3 -10 0q-5 3 -10 0Z`, hairColour),
  };
  return `<g transform="rotate(${tilt})">${[
    path("M-7 16h14v18h-14Z", skin),
    path("M-7 24q7 6 14 0v4q-7 5 -14 0Z", "#00000022"),
    ellipse(-24, 2, 5, 6, skin),
    ellipse(24, 2, 5, 6, skin),
    ellipse(0, 0, 24.5, 26, skin),
    ...(beard ? [beards[beard]] : []),
    ...face(look, looks),
    ...(frontHair[hair] ? [frontHair[hair](hairColour)].flat() : []),
    ...(hat ? [frontHair[hat.kind](hat.colour)].flat() : []),
  ].join("")}</g>`;
}

/**
 * @param look −1 left, 0 to us, 1 right; `lean` degrees of the trunk; `size` 1 for a grown person, ~0.72 for a child.
 * `arms` and `legs` are [left as we see it, right]; a limb with `back: true` is drawn behind the trunk.
 */
export function person({
  x,
  y,
  size = 1,
  skin = skins.light,
  top = "#6f8fb0",
  bottom = "#56607a",
  shoes = "#453a3a",
  lean = 0,
  build = 1,
  dress = false,
  arms = [{}, {}],
  legs = [{}, {}],
  apron,
  scarf,
  shadow = true,
  front = "",
  behind = "",
  ...looks
}) {
  const standing = [{ foot: [-11, 70] }, { foot: [11, 70] }];
  const hanging = [{ hand: [-30, 8] }, { hand: [30, 8] }];
  const body = { lean, skin, top, build, bottom, shoes };
  const bothArms = arms.map((given, index) => ({ side: index * 2 - 1, ...hanging[index], ...given }));
  const bothLegs = legs.map((given, index) => ({ side: index * 2 - 1, ...standing[index], ...given }));
  const drawArms = (which) => bothArms.filter(which).flatMap((one) => arm(one.side, one, body));
  const upper = (children) => `<g transform="rotate(${lean})">${[children].flat(5).join("")}</g>`;
  const headAt = (children) => upper(at(0, -90, 1, children));
  const lowest = Math.max(...bothLegs.map(({ foot }) => foot[1]));
  const middle = (bothLegs[0].foot[0] + bothLegs[1].foot[0]) / 2;
  return at(
    x,
    y,
    size,
    [
      shadow ? ellipse(middle, lowest + 9, 38, 7, "#00000018") : "",
      headAt(backHair[looks.hair] ? [backHair[looks.hair](looks.hairColour)].flat() : []),
      behind,
      drawArms((one) => one.back),
      bothLegs.flatMap((one) => leg(one.side, one, body)),
      upper([trunk(top, build, dress), apron ? path("M-13 -50H13L16 -26Q20 10 17 34H-17Q-20 10 -16 -26Z", apron) : ""]),
      headAt(head({ skin, ...looks })),
      scarf ? upper(path("M-15 -66Q0 -56 15 -66Q17 -56 12 -52Q0 -47 -12 -52Q-17 -56 -15 -66Z", scarf)) : "",
      front,
      drawArms((one) => !one.back),
    ].flat(5),
  );
}
