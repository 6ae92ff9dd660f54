import { person, skins } from "./people.mjs";
import { at, circle, ellipse, pair, path, picture, rect, stroke } from "./shapes.mjs";
import * as thing from "./things.mjs";

const steam = (x, y) =>
  stroke(
    `M${x - 14} ${y}q-8 -12 0 -22t0 -20M${x + 4} ${y - 4}q-8 -12 0 -22t0 -20M${x + 22} ${y}q-8 -12 0 -22t0 -20`,
    "#ffffffaa",
    5,
  );

function kitchen() {
  return picture(
    "A kitchen",
    rect(0, 0, 800, 500, "#efe3cc"),
    rect(0, 400, 800, 100, "#c9b594"),
    stroke(
      "M0 434H800M0 470H800M90 400L60 500M260 400L245 500M430 400L430 500M600 400L620 500M740 400L780 500",
      "#b9a380",
      2,
    ),
    thing.windowPane(330, 60, 150, 130, "#a9bfcc"),
    thing.rain(
      [
        [345, 74],
        [372, 96],
        [392, 70],
        [424, 88],
        [452, 72],
        [350, 136],
        [386, 150],
        [418, 138],
        [446, 156],
        [466, 128],
        [362, 170],
        [440, 110],
      ],
      "#dbe7ee",
    ),
    thing.potPlant(350, 192, 0.55),
    thing.potPlant(458, 192, 0.45, "#6f8fb0"),
    // Shelves with pots.
    rect(48, 150, 190, 10, "#a57b55", 2),
    [
      ["#c2605a", 66],
      ["#6f9a72", 104],
      ["#d4a24f", 142],
    ].map(([colour, x]) => [rect(x, 118, 28, 32, colour, 4), rect(x + 6, 111, 16, 8, "#7b6f66", 2)]),
    thing.cup(206, 150, "#5f8aa0"),
    // The clock and a picture.
    circle(600, 90, 30, "#fbf8f0"),
    stroke("M600 90V70M600 90L614 96", "#4a4643", 4),
    rect(668, 60, 84, 64, "#a57b55", 3),
    rect(675, 67, 70, 50, "#bcd5dc"),
    path("M675 117L700 88L716 104L730 92L745 112V117Z", "#7ba874"),
    // Worktop and cooker.
    rect(20, 306, 150, 104, "#d8d5cf", 4),
    rect(34, 332, 122, 66, "#5b5f66", 5),
    rect(42, 340, 106, 34, "#454950", 4),
    [44, 66, 88, 110, 132].map((x) => circle(x + 6, 320, 5, "#7b7f86")),
    rect(14, 296, 162, 12, "#4a4d52", 3),
    steam(96, 226),
    rect(54, 248, 84, 48, "#b65a52", 6),
    rect(48, 244, 96, 9, "#8f423c", 4),
    rect(40, 262, 16, 8, "#8f423c", 4),
    rect(136, 262, 16, 8, "#8f423c", 4),
    person({
      x: 216,
      y: 338,
      skin: skins.brown,
      hair: "bald",
      hairColour: "#8c8a86",
      beard: "full",
      top: "#5c7f95",
      bottom: "#4b5163",
      apron: "#f2ead8",
      look: -1,
      build: 1.1,
      arms: [
        { hand: [-70, -82], holds: stroke("M2 -4L-22 30", "#a57b55", 6) },
        { hand: [28, -6], bend: -1 },
      ],
    }),
    // The worktop in the middle stands before the cook.
    person({
      x: 392,
      y: 330,
      shadow: false,
      skin: skins.light,
      hair: "ponytail",
      hairColour: "#4a2f22",
      top: "#d98a5f",
      bottom: "#5c6a8a",
      look: 1,
      tilt: 6,
      arms: [
        { hand: [-22, -14], sleeve: "short", bend: 1 },
        {
          hand: [26, -12],
          sleeve: "short",
          bend: -1,
          holds: at(0, 0, 1, path("M2 -3H34Q30 8 2 6Z", "#c6ccd1"), rect(-10, -4, 14, 8, "#4a4643", 3)),
        },
      ],
    }),
    rect(302, 322, 190, 90, "#d3b48a", 4),
    rect(314, 344, 80, 56, "#c4a274", 3),
    rect(402, 344, 80, 56, "#c4a274", 3),
    circle(386, 372, 4, "#8d6746"),
    circle(410, 372, 4, "#8d6746"),
    rect(294, 310, 206, 14, "#8d6746", 4),
    rect(352, 302, 100, 9, "#e2c394", 4),
    [318, 330, 342].map((x) => [
      path(`M${x - 18} 306q14 -10 26 -2q-12 8 -26 2Z`, "#e08a3c"),
      stroke(`M${x - 18} 305l-9 -6m9 6l-10 1`, "#6f9a5a", 3),
    ]),
    [384, 396, 408, 420].map((x) => ellipse(x, 300, 7, 4, "#e08a3c")),
    path("M462 310q-8 -26 8 -26q4 -6 10 0q16 0 8 26Z", "#c8453c"),
    stroke("M474 286q0 -6 4 -9", "#5f8f5b", 4),
    // The boy and the table.
    thing.chair(540, 452, 1),
    thing.catAsleep(544, 402, 0.85),
    person({
      x: 738,
      y: 340,
      size: 0.86,
      skin: skins.brown,
      hair: "curly",
      hairColour: "#2b211c",
      top: "#e0bd55",
      bottom: "#4f6f8f",
      look: -1,
      mouth: "laugh",
      arms: [
        { hand: [-60, -40], bend: -1, holds: at(-12, -4, 1.2, thing.plate(0, 0, 22)) },
        { hand: [-34, -30], bend: -1, back: true },
      ],
    }),
    ellipse(648, 462, 90, 9, "#00000016"),
    rect(640, 372, 18, 84, "#8d6746", 4),
    path("M606 460Q649 440 692 460Z", "#8d6746"),
    ellipse(650, 372, 112, 26, "#a8794f"),
    ellipse(650, 366, 112, 26, "#bf8f62"),
    [
      [588, 362],
      [624, 382],
      [682, 380],
    ].map(([x, y]) => thing.plate(x, y, 21)),
    [
      [610, 352],
      [598, 380],
      [712, 372],
      [664, 378],
    ].map(([x, y]) => thing.glass(x, y)),
    path("M632 364q0 -16 24 -16q26 0 26 14q0 7 -8 7h-36q-6 0 -6 -5Z", "#c98a4b"),
    stroke("M644 354l6 8M656 352l6 8M668 353l5 7", "#9c642f", 2.5),
    path("M690 356q-3 -22 2 -30h18q5 8 2 30Z", "#cfe4eacc"),
    path("M691 356q-2 -12 -1 -18h22q1 8 0 18Z", "#9cc3d6"),
    stroke("M712 334q10 2 7 14", "#cfe4ea", 4),
  );
}

function musicGroup() {
  const stand = (x, y) => [
    stroke(`M${x} ${y}V${y - 74}M${x} ${y}l-14 10M${x} ${y}l14 10`, "#4a4643", 4),
    path(`M${x - 24} ${y - 112}l48 6l-4 36l-48 -6Z`, "#5d5a5a"),
    path(`M${x - 18} ${y - 108}l36 5l-3 26l-36 -5Z`, "#f8f3e6"),
  ];
  return [
    rect(0, 0, 392, 500, "#dfe5da"),
    rect(0, 372, 392, 128, "#c7a77e"),
    stroke("M0 402H392M0 440H392", "#b6946a", 2),
    thing.windowPane(40, 50, 96, 120),
    rect(210, 60, 140, 86, "#5f7f74", 4),
    stroke("M224 84H336M224 92H336M224 100H336M224 108H336M224 116H336", "#eef3ec88", 1.5),
    [
      [242, 104],
      [262, 96],
      [284, 110],
      [306, 92],
      [324, 100],
    ].map(([x, y]) => [ellipse(x, y, 5, 4, "#f4f1e6"), stroke(`M${x + 5} ${y}v-20`, "#f4f1e6", 2)]),
    // The teacher.
    person({
      x: 70,
      y: 306,
      skin: skins.dark,
      hair: "short",
      hairColour: "#241a15",
      glasses: "clear",
      top: "#8a5f78",
      bottom: "#4a4f5e",
      look: 1,
      mouth: "laugh",
      arms: [
        { hand: [-44, -78], bend: -1 },
        { hand: [54, -82], bend: 1, holds: stroke("M0 0L20 -20", "#f4f1e6", 3) },
      ],
    }),
    // An older woman with a drum.
    person({
      x: 330,
      y: 316,
      skin: skins.fair,
      hair: "bun",
      hairColour: "#b9b6b0",
      glasses: "clear",
      top: "#5f8a8f",
      bottom: "#6b5b72",
      look: -1,
      arms: [
        { hand: [-30, -2], bend: 1, holds: stroke("M4 2L-18 -16", "#a57b55", 4) },
        { hand: [26, -4], bend: -1, holds: stroke("M-4 2L-24 -10", "#a57b55", 4) },
      ],
      front: [
        path("M-34 14h64v34q-32 10 -64 0Z", "#c2605a"),
        ellipse(-2, 14, 32, 9, "#f3ead6"),
        stroke("M-34 20L-22 50L-8 22L6 52L18 22L28 48", "#f3d9a5", 2),
      ],
    }),
    // A man with a trumpet.
    person({
      x: 240,
      y: 326,
      skin: skins.tan,
      hair: "waves",
      hairColour: "#30241e",
      beard: "full",
      top: "#d4a24f",
      bottom: "#56607a",
      look: -1,
      mouth: "flat",
      build: 1.06,
      arms: [
        { hand: [-48, -70], bend: -1 },
        { hand: [-30, -70], bend: -1 },
      ],
      front: [
        at(
          -10,
          -78,
          1,
          stroke("M0 0H-62", "#d9b04a", 6),
          path("M-60 -4L-84 -16V16L-60 4Z", "#d9b04a"),
          stroke("M-16 2q0 14 -12 14h-14q-10 0 -8 -14", "#c39a37", 4),
        ),
      ],
    }),
    // A girl with a violin.
    person({
      x: 150,
      y: 384,
      size: 0.8,
      skin: skins.light,
      hair: "long",
      hairColour: "#6b3f22",
      top: "#7f97c4",
      bottom: "#7f97c4",
      dress: true,
      shoes: "#453a3a",
      look: -1,
      tilt: -10,
      legs: [
        { foot: [-11, 70], bare: true },
        { foot: [11, 70], bare: true },
      ],
      arms: [
        { hand: [-58, -58], bend: 1 },
        { hand: [-6, -50], bend: -1, holds: stroke("M6 8L-46 -34", "#8d6746", 3) },
      ],
      front: [
        at(
          -30,
          -62,
          1,
          path("M-34 -2L6 -10V0L-34 4Z", "#5d3d28"),
          ellipse(2, -4, 17, 10, "#b0693a", "rotate(-8)"),
          ellipse(16, -6, 11, 9, "#b0693a"),
        ),
      ],
    }),
    stand(196, 446),
    stand(70, 446),
  ];
}

function musicAlone() {
  return [
    rect(0, 0, 392, 500, "#cfc4d6"),
    rect(0, 380, 392, 120, "#b39a83"),
    thing.windowPane(40, 54, 110, 130, "#4f5f86"),
    circle(122, 84, 13, "#f6eccb"),
    [
      [56, 76],
      [84, 110],
      [70, 150],
      [132, 150],
    ].map(([x, y]) => circle(x, y, 1.8, "#f6eccb")),
    thing.lampShade(346, 400, 210),
    path("M318 196L282 400H392V196Z", "#fff3c233"),
    rect(222, 84, 74, 56, "#8d6746", 3),
    rect(229, 91, 60, 42, "#e4d3b4"),
    path("M229 133L252 106L266 120L276 110L289 124V133Z", "#a97f9a"),
    ellipse(196, 470, 176, 24, "#a5646a"),
    ellipse(196, 468, 150, 18, "#b9797d"),
    // Sofa.
    rect(66, 268, 252, 96, "#5f7f95", 22),
    rect(52, 304, 54, 110, "#54728a", 18),
    rect(278, 304, 54, 110, "#54728a", 18),
    rect(98, 336, 188, 66, "#6f8fa5", 12),
    stroke("M192 340V398", "#54728a", 3),
    rect(64, 404, 12, 16, "#5d4a3c"),
    rect(308, 404, 12, 16, "#5d4a3c"),
    person({
      x: 196,
      y: 342,
      skin: skins.tan,
      hair: "short",
      hairColour: "#2b211c",
      top: "#c2605a",
      bottom: "#4b5163",
      look: 1,
      tilt: 8,
      mouth: "flat",
      legs: [
        { foot: [-30, 72], bend: 1 },
        { foot: [30, 72], bend: -1 },
      ],
      arms: [
        { hand: [-6, -14], bend: 1 },
        { hand: [52, -44], bend: 1 },
      ],
      front: at(-4, -14, 1, thing.guitar(-28, 0.86)),
    }),
    // Low table with the tablet.
    rect(264, 440, 120, 10, "#8d6746", 3),
    rect(276, 448, 8, 34, "#8d6746"),
    rect(364, 448, 8, 34, "#8d6746"),
    path("M304 440L292 384H362L354 440Z", "#3c4048"),
    path("M306 434L296 389H357L350 434Z", "#cfe0e6"),
    path("M318 428q-2 -18 4 -22l3 -8l5 1l2 8l4 -11l5 2l0 10l5 -6l4 3l-4 14q0 8 -6 9Z", "#d09a6c"),
    thing.cup(280, 440, "#d4a24f"),
    thing.dogAsleep(110, 474, 1),
  ];
}

export const scenes = {
  "s-a-08": kitchen,
  "s-b-08": () => picture("Two ways of learning music", pair(musicGroup(), musicAlone())),
};
