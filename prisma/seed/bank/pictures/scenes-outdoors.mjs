import { person, skins } from "./people.mjs";
import { at, circle, pair, path, picture, rect, ring, stroke } from "./shapes.mjs";
import * as thing from "./things.mjs";

function station() {
  const paper = (x, y, degrees) =>
    `<g transform="translate(${x} ${y}) rotate(${degrees})">${rect(-9, -12, 18, 24, "#fbf8f0", 1)}${stroke("M-5 -6H5M-5 -1H5M-5 4H2", "#b9b2a5", 1.5)}</g>`;
  return picture(
    "A railway station",
    rect(0, 0, 800, 500, "#cfe0e6"),
    thing.cloud(110, 44, 0.7),
    thing.cloud(690, 40, 0.6),
    // Roof and pillars.
    path("M0 70L400 30L800 70V96L400 58L0 96Z", "#7d8f95"),
    [60, 400, 740].map((x) => [
      rect(x - 7, 70, 14, 330, "#8c9ba0"),
      path(`M${x - 40} 84Q${x} 90 ${x} 130Q${x} 90 ${x + 40} 84Z`, "#8c9ba0"),
    ]),
    // Train.
    rect(-20, 150, 860, 190, "#e2b84f", 16),
    rect(-20, 270, 860, 36, "#3f6f93"),
    rect(-20, 150, 860, 16, "#f0d58b", 8),
    [20, 256, 300, 520, 640].map((x) => [
      rect(x, 184, 92, 66, "#4e6673", 8),
      path(`M${x + 14} 250L${x + 44} 184H${x + 62}L${x + 32} 250Z`, "#ffffff22"),
    ]),
    [140, 414].map((x) => [
      rect(x, 176, 92, 164, "#f0d58b", 4),
      rect(x + 6, 184, 37, 70, "#4e6673", 3),
      rect(x + 49, 184, 37, 70, "#4e6673", 3),
      stroke(`M${x + 46} 178V338`, "#a88a3c", 3),
    ]),
    rect(0, 340, 800, 22, "#4a4e52"),
    // Platform.
    rect(0, 360, 800, 140, "#d5cdbf"),
    rect(0, 360, 800, 10, "#f3f0e8"),
    stroke("M0 380H800", "#e0b64d", 4),
    stroke("M120 386L70 500M300 386L280 500M500 386L520 500M690 386L740 500M0 436H800", "#c2b8a6", 2),
    // Clock.
    rect(396, 60, 8, 44, "#5d6a70"),
    circle(400, 124, 40, "#4a565c"),
    circle(400, 124, 34, "#fbf8f0"),
    stroke("M400 96V100M400 148V152M372 124H376M424 124H428", "#4a4643", 3),
    stroke("M400 124L380 126", "#3b3835", 5),
    stroke("M400 124L387 101", "#3b3835", 4),
    circle(400, 124, 3.5, "#c2564d"),
    // Woman with suitcase, girl with ice cream.
    person({
      x: 92,
      y: 368,
      skin: skins.fair,
      hair: "long",
      hairColour: "#b5743c",
      top: "#7a9a8a",
      bottom: "#4a4f66",
      look: 1,
      dress: true,
      legs: [
        { foot: [-10, 70], bare: true },
        { foot: [10, 70], bare: true },
      ],
      arms: [
        { hand: [-36, 10], bend: 1 },
        { hand: [24, -36], bend: -1, holds: rect(-4, -16, 11, 19, "#33363c", 2) },
      ],
    }),
    thing.suitcase(50, 446, 1.05),
    person({
      x: 190,
      y: 392,
      size: 0.72,
      skin: skins.light,
      hair: "ponytail",
      hairColour: "#8a5a30",
      top: "#d98a9a",
      bottom: "#5f7fa5",
      look: 1,
      mouth: "open",
      behind: at(0, 0, 1.2, thing.rucksack("#6a5a8f")),
      arms: [
        { hand: [-26, 6] },
        {
          hand: [30, -52],
          bend: -1,
          holds: [path("M-7 -6H7L0 16Z", "#d9a35a"), circle(0, -12, 10, "#f6e3e6"), circle(4, -20, 7, "#c98a9a")],
        },
      ],
    }),
    // The man who runs.
    paper(300, 300, -30),
    paper(276, 352, 20),
    paper(246, 296, 55),
    paper(322, 392, -70),
    person({
      x: 400,
      y: 362,
      skin: skins.dark,
      hair: "short",
      hairColour: "#1f1814",
      top: "#4f5f86",
      bottom: "#4f5f86",
      shoes: "#2f2a2a",
      lean: 14,
      look: 1,
      mouth: "open",
      legs: [
        { foot: [-60, 34], bend: 1, toe: 1 },
        { foot: [38, 66], bend: -1, toe: 1 },
      ],
      arms: [
        {
          hand: [-32, -40],
          bend: -1,
          holds: at(-16, 8, 1, [
            rect(-20, -12, 42, 32, "#8d6746", 4),
            path("M-20 -12L-26 -30L14 -28L22 -12Z", "#a57b55"),
            rect(-12, -24, 16, 16, "#fbf8f0", 1),
          ]),
        },
        { hand: [76, -76], bend: 1 },
      ],
      front: path("M2 -60L10 -28L16 -59Z", "#f3efe6") + stroke("M9 -56L11 -34", "#c2564d", 4),
    }),
    // Bench: guitar player and listener.
    thing.bench(632, 458, 210, "#9c7350"),
    person({
      x: 588,
      y: 410,
      skin: skins.tan,
      hair: "waves",
      hairColour: "#2f2520",
      beard: "full",
      top: "#b9694f",
      bottom: "#5a6552",
      look: 0,
      tilt: 6,
      mouth: "laugh",
      legs: [
        { foot: [-18, 52], bend: 1 },
        { foot: [22, 52], bend: -1 },
      ],
      arms: [
        { hand: [-6, -12], bend: 1 },
        { hand: [52, -40], bend: 1 },
      ],
      front: at(-4, -14, 1, thing.guitar(-26, 0.8)),
    }),
    person({
      x: 692,
      y: 410,
      skin: skins.brown,
      hair: "curly",
      hairColour: "#2a1f1a",
      glasses: "dark",
      top: "#d4a24f",
      bottom: "#5c6a8a",
      look: -1,
      legs: [
        { foot: [-12, 52], bend: 1 },
        { foot: [16, 52], bend: -1 },
      ],
      arms: [
        { hand: [-14, 6], bend: 1 },
        { hand: [36, -6], bend: -1, holds: [stroke("M0 -14L8 62", "#f8f6f0", 5), stroke("M6 44L8 62", "#c2564d", 5)] },
      ],
    }),
  );
}

function cyclist(x, y, given, colour) {
  return [
    thing.bicycle(x, y, 1.15, colour),
    person({
      x: x - 24,
      y: y - 108,
      shadow: false,
      lean: 14,
      look: 1,
      ...given,
      legs: [
        { foot: [30, 48], bend: -1, toe: 1, back: true },
        { foot: [16, 70], bend: -1, toe: 1 },
      ],
      arms: [
        { hand: [66, 2], bend: -1, back: true },
        { hand: [58, -2], bend: 1 },
      ],
    }),
  ];
}

function cycling() {
  return [
    rect(0, 0, 392, 500, "#bfdcea"),
    thing.sun(330, 60, 28),
    thing.cloud(90, 70, 0.8),
    thing.cloud(230, 110, 0.55),
    path("M0 210Q90 160 190 200T392 180V300H0Z", "#a9c9a0"),
    [30, 78, 300, 350].map((x, i) => thing.tree(x, 236 + (i % 2) * 6, 0.5 + (i % 2) * 0.12)),
    rect(150, 150, 46, 70, "#d8b79a"),
    path("M144 152L173 128L202 152Z", "#b0705a"),
    rect(204, 166, 36, 54, "#cfc7b8"),
    path("M199 168L222 148L245 168Z", "#8a7a8f"),
    path("M0 236Q200 220 392 240V312Q200 296 0 316Z", "#8dbdd0"),
    stroke("M30 262h50M140 250h40M230 276h60M320 258h40M90 290h44", "#b9dbe6", 4),
    path("M0 308Q200 290 392 306V500H0Z", "#a3c48c"),
    path("M0 388Q200 366 392 384V470Q200 458 0 478Z", "#e2d2b2"),
    thing.bush(40, 372, 0.8),
    thing.bush(360, 366, 0.7, "#7ba874"),
    stroke("M20 486l6 -16M28 486l2 -14M210 486l-6 -14M218 488l4 -14M350 484l6 -14", "#7ba06c", 3),
    cyclist(
      100,
      438,
      {
        skin: skins.brown,
        hair: "short",
        hairColour: "#2a1f1a",
        beard: "full",
        top: "#5f7f95",
        bottom: "#4b4b5a",
        behind: `<g transform="rotate(14)">${at(-16, -4, [1, 1], thing.rucksack("#b07a3f"))}</g>`,
        front: `<g transform="rotate(14)">${stroke("M-16 -62Q0 -54 16 -62", "#c2453c", 9)}${stroke("M-18 -60Q-44 -66 -60 -54Q-72 -46 -84 -56", "#c2453c", 8)}</g>`,
        hat: { kind: "helmet", colour: "#4a4d52" },
      },
      "#4f7c8a",
    ),
    cyclist(
      284,
      446,
      {
        skin: skins.light,
        hair: "ponytail",
        hairColour: "#5a3a26",
        top: "#e0a04f",
        bottom: "#5c6a8a",
        hat: { kind: "helmet", colour: "#c2564d" },
        mouth: "laugh",
      },
      "#6b5b8a",
    ),
    path("M326 330h38l-5 28h-28Z", "#b98a5c"),
    stroke("M328 338h34M330 346h30", "#946a40", 2),
    path("M332 330q6 -14 12 -4q6 -12 14 4Z", "#86b07c"),
  ];
}

function tram() {
  const strap = ([x, y]) => [rect(x - 2, 46, 4, y - 58, "#6a6f74"), ring(x, y, 12, "#f3efe6", 5)];
  return [
    rect(0, 0, 392, 500, "#d9dcd6"),
    rect(0, 0, 392, 34, "#c2c7c2"),
    rect(24, 70, 344, 170, "#f3efe6", 14),
    rect(34, 80, 324, 150, "#8d9eac", 8),
    [
      [40, 150, 44, 80],
      [92, 120, 60, 110],
      [160, 160, 50, 70],
      [222, 110, 54, 120],
      [286, 140, 66, 90],
    ].map(([x, y, w, h]) => rect(x, y, w, h, "#7b8c9b")),
    [
      [104, 134],
      [128, 134],
      [104, 160],
      [128, 160],
      [234, 126],
      [254, 126],
      [234, 152],
      [254, 152],
      [300, 158],
      [324, 158],
    ].map(([x, y]) => rect(x, y, 10, 14, "#e9d9a3")),
    stroke(
      "M52 84q-6 30 2 50M84 90q6 26 -4 44M146 84q-8 36 4 66M178 92q8 20 0 38M212 84q-6 30 4 56M262 86q8 26 -2 50M300 88q-8 34 2 60M338 84q8 26 0 50M112 180q-4 20 2 34M246 190q4 16 0 30M330 176q-4 20 2 36",
      "#cfdde6",
      3,
    ),
    rect(0, 40, 392, 8, "#6a6f74", 3),
    [
      [52, 212],
      [138, 150],
      [236, 150],
      [354, 232],
    ].map(strap),
    rect(0, 430, 392, 70, "#8b8f93"),
    stroke("M0 452H392M0 478H392", "#7d8185", 2),
    // Seats.
    [186, 288].map((x) => [
      rect(x - 46, 262, 92, 104, "#4f7c8a", 14),
      rect(x - 50, 354, 100, 30, "#466f7c", 8),
      rect(x - 40, 384, 10, 50, "#5d6166"),
      rect(x + 30, 384, 10, 50, "#5d6166"),
    ]),
    person({
      x: 186,
      y: 348,
      skin: skins.light,
      hair: "long",
      hairColour: "#2f2520",
      top: "#b9694f",
      bottom: "#4b5163",
      tilt: 6,
      look: 0,
      eyes: "open",
      legs: [
        { foot: [-14, 74], bend: 1 },
        { foot: [14, 74], bend: -1 },
      ],
      arms: [
        { hand: [-16, -22], bend: 1 },
        { hand: [16, -22], bend: -1 },
      ],
      front: [
        thing.book(0, -30, 0, "#3f6f93"),
        at(
          0,
          -90,
          1,
          stroke("M-27 -2Q-28 -33 0 -33Q28 -33 27 -2", "#3c4048", 5),
          rect(-32, -8, 10, 20, "#3c4048", 5),
          rect(22, -8, 10, 20, "#3c4048", 5),
        ),
      ],
    }),
    person({
      x: 288,
      y: 348,
      skin: skins.fair,
      hair: "bald",
      hairColour: "#b9b6b0",
      beard: "moustache",
      top: "#7a8a6a",
      bottom: "#5d5a66",
      tilt: -16,
      eyes: "shut",
      mouth: "open",
      build: 1.1,
      legs: [
        { foot: [-14, 74], bend: 1 },
        { foot: [14, 74], bend: -1 },
      ],
      arms: [
        { hand: [-10, -8], bend: 1 },
        { hand: [10, -8], bend: -1 },
      ],
    }),
    // Standing, yawning.
    person({
      x: 74,
      y: 346,
      skin: skins.dark,
      hair: "curly",
      hairColour: "#1f1814",
      top: "#5c6a8a",
      bottom: "#454a58",
      look: 0,
      eyes: "shut",
      mouth: "laugh",
      build: 1.05,
      size: 1.12,
      legs: [{ foot: [-12, 74] }, { foot: [12, 74] }],
      arms: [
        { hand: [-16, -226], bend: -1 },
        { hand: [22, -72], bend: -1 },
      ],
    }),
    // Somebody’s back at the edge: the tram is full.
    person({
      x: 366,
      y: 362,
      skin: skins.tan,
      hair: "short",
      hairColour: "#3a2a22",
      top: "#c9a24f",
      bottom: "#4f5f86",
      look: -1,
      size: 1.12,
      arms: [{ hand: [-26, 10] }, { hand: [6, -226], bend: 1 }],
    }),
  ];
}

export const scenes = {
  "s-a-09": station,
  "s-b-09": () => picture("Two ways to work", pair(cycling(), tram())),
};
