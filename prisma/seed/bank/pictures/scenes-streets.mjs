import { person, skins } from "./people.mjs";
import { at, circle, ellipse, path, picture, rect, stroke, turned } from "./shapes.mjs";
import * as thing from "./things.mjs";

function movingDay() {
  return picture(
    "Moving day",
    rect(0, 0, 800, 500, "#cfe3ea"),
    thing.cloud(120, 60, 0.8),
    thing.cloud(420, 44, 0.6),
    // Houses.
    rect(330, 96, 300, 290, "#dcb48f"),
    path("M312 102L480 24L648 102Z", "#a8655a"),
    thing.windowPane(366, 150, 70, 84),
    thing.windowPane(526, 150, 70, 84),
    rect(530, 250, 68, 136, "#f3efe6", 3),
    rect(538, 258, 52, 128, "#b8433c", 2),
    circle(580, 326, 4, "#f0d58b"),
    rect(648, 140, 160, 246, "#b9c4b8"),
    thing.windowPane(676, 180, 62, 76),
    thing.bush(660, 388, 0.9),
    rect(0, 386, 800, 114, "#cfc7b8"),
    rect(0, 386, 800, 8, "#e3dccf"),
    rect(0, 462, 800, 38, "#8f9396"),
    stroke("M160 394L130 462M330 394L320 462M500 394L510 462M670 394L700 462", "#bdb4a3", 2),
    // Van.
    rect(-30, 190, 230, 210, "#e2b84f", 10),
    rect(96, 206, 104, 186, "#6b5a3a", 2),
    path("M200 204L246 222V404L200 392Z", "#d0a53f"),
    thing.box(128, 390, 54, 46),
    thing.box(172, 390, 40, 60, "#b98a56"),
    thing.box(136, 344, 44, 36, "#d3a872"),
    at(176, 330, 1, [rect(-2, -46, 4, 46, "#7b6f66"), path("M-16 -70H16L24 -44H-24Z", "#f1d48d")]),
    circle(34, 404, 28, "#3f4448"),
    circle(34, 404, 12, "#b9bfc4"),
    // Sofa and its carriers.
    person({
      x: 268,
      y: 372,
      skin: skins.dark,
      hair: "short",
      hairColour: "#241a15",
      beard: "full",
      top: "#5f8a72",
      bottom: "#56607a",
      look: 1,
      mouth: "flat",
      arms: [
        { hand: [24, 0], bend: -1, back: true },
        { hand: [40, 4], bend: 1 },
      ],
    }),
    person({
      x: 500,
      y: 372,
      skin: skins.light,
      hair: "ponytail",
      hairColour: "#6b3f22",
      top: "#d98a9a",
      bottom: "#4f5f86",
      look: -1,
      mouth: "flat",
      arms: [
        { hand: [-40, 4], bend: -1 },
        { hand: [-24, 0], bend: 1, back: true },
      ],
    }),
    rect(296, 306, 178, 50, "#5f7fa5", 14),
    rect(286, 330, 38, 60, "#54728f", 12),
    rect(446, 330, 38, 60, "#54728f", 12),
    rect(316, 350, 138, 36, "#7293b8", 8),
    rect(300, 388, 10, 12, "#5d4a3c"),
    rect(460, 388, 10, 12, "#5d4a3c"),
    thing.catAsleep(386, 352, 0.9),
    // Old neighbour at the gate.
    rect(664, 326, 9, 66, "#8d6746"),
    person({
      x: 634,
      y: 340,
      size: 0.94,
      skin: skins.fair,
      hair: "bald",
      hairColour: "#c9c6c0",
      beard: "moustache",
      glasses: "clear",
      top: "#a98a5f",
      bottom: "#5d5a66",
      look: -1,
      arms: [
        { hand: [-40, -26], bend: -1, holds: at(-2, 6, 0.55, thing.potPlant(0, 0, 1)) },
        { hand: [34, 10], bend: -1, holds: stroke("M-2 -2L6 58", "#6b4a30", 5) },
      ],
    }),
    // The boy behind his boxes, the skateboard in his way.
    person({
      x: 758,
      y: 396,
      size: 0.82,
      skin: skins.tan,
      hair: "curly",
      hairColour: "#2b211c",
      top: "#7a5a8a",
      bottom: "#c9a24f",
      look: -1,
      legs: [
        { foot: [-26, 66], bend: 1, toe: -1 },
        { foot: [18, 68], bend: 1, toe: -1 },
      ],
      arms: [
        { hand: [-34, -4], bend: -1 },
        { hand: [-6, -2], bend: 1 },
      ],
    }),
    thing.box(734, 402, 60, 42),
    thing.box(732, 360, 52, 38, "#b98a56"),
    thing.box(736, 322, 56, 36, "#d3a872"),
    thing.box(732, 286, 40, 30),
    circle(650, 452, 6, "#3f4448"),
    circle(682, 452, 6, "#3f4448"),
    stroke("M636 440q4 6 10 6h40q6 0 10 -6", "#c2564d", 7),
  );
}

function cafe() {
  const drops = [];
  for (let row = 0; row < 9; row += 1)
    for (let column = 0; column < 17; column += 1)
      drops.push([12 + column * 49 + ((row * 23) % 45), 64 + row * 46 + ((column * 17) % 30)]);
  const cafeTable = (x, y) => [
    ellipse(x, y, 34, 6, "#00000018"),
    rect(x - 3, y - 66, 6, 66, "#5d6166"),
    path(`M${x - 20} ${y}q20 -10 40 0Z`, "#5d6166"),
    ellipse(x, y - 68, 44, 9, "#e9e4d8"),
    ellipse(x, y - 70, 44, 9, "#f7f4ec"),
  ];
  return picture(
    "A sudden shower",
    rect(0, 0, 800, 500, "#b9c6cc"),
    path(
      "M-20 60q-10 -50 70 -56q30 -40 110 -20q60 -40 130 0q70 -36 140 4q70 -30 120 10q90 -30 120 20q90 -6 100 50q-60 30 -160 16q-60 26 -140 4q-80 26 -160 0q-90 24 -160 -4q-110 22 -170 -24Z",
      "#7f8c95",
    ),
    path("M20 52q60 24 150 10q90 26 170 2q90 22 160 0q90 18 160 -8", "#8f9ba3"),
    // The corner café.
    rect(0, 120, 330, 270, "#c98f6f"),
    rect(330, 150, 200, 240, "#b5b9ae"),
    rect(530, 130, 280, 260, "#c5b09a"),
    thing.windowPane(370, 180, 52, 70, "#9fb4bf"),
    thing.windowPane(450, 180, 52, 70, "#9fb4bf"),
    thing.windowPane(590, 170, 56, 76, "#9fb4bf"),
    thing.windowPane(700, 170, 56, 76, "#f1dfa6"),
    rect(24, 214, 96, 176, "#5d4a3c", 3),
    rect(32, 222, 80, 168, "#f1dfa6"),
    rect(68, 222, 6, 168, "#5d4a3c"),
    rect(150, 222, 156, 116, "#5d4a3c", 3),
    rect(158, 230, 140, 100, "#f1dfa6"),
    path(
      "M0 196H330L316 232q-18 12 -34 0q-18 12 -36 0q-18 12 -36 0q-18 12 -36 0q-18 12 -36 0q-18 12 -36 0q-18 12 -36 0q-18 12 -36 0H0Z",
      "#4f7c6a",
    ),
    at(236, 160, 1, [
      rect(-52, -22, 104, 34, "#f3efe6", 6),
      thing.cup(-2, 4, "#8d5f3f"),
      stroke("M-6 -16q-3 -4 0 -8M2 -16q-3 -4 0 -8", "#8d5f3f", 2),
    ]),
    rect(0, 386, 800, 114, "#a9a9a4"),
    stroke("M0 424H800M0 464H800M120 386L90 500M300 386L290 500M480 386L490 500M660 386L690 500", "#9a9a95", 2),
    [
      [80, 478, 50],
      [420, 484, 70],
      [690, 470, 60],
    ].map(([x, y, r]) => ellipse(x, y, r, 8, "#c3d2d9")),
    // Waiter.
    person({
      x: 150,
      y: 366,
      skin: skins.brown,
      hair: "short",
      hairColour: "#241a15",
      top: "#f3efe6",
      bottom: "#3f4452",
      apron: "#4f7c6a",
      lean: -12,
      look: -1,
      mouth: "open",
      legs: [
        { foot: [-42, 66], bend: 1, toe: -1 },
        { foot: [48, 44], bend: 1, toe: -1 },
      ],
      arms: [
        { hand: [-58, -46], bend: -1, holds: [] },
        { hand: [40, -30], bend: -1 },
      ],
    }),
    turned(82, 316, -10, ellipse(0, 0, 38, 6, "#8d8f92"), ellipse(0, -2, 38, 6, "#b9bfc4")),
    turned(66, 302, -40, path("M-8 -14h16l-3 26h-10Z", "#e8f1f3"), rect(-6, -2, 12, 12, "#e0a04f")),
    turned(98, 296, 34, path("M-8 -14h16l-3 26h-10Z", "#e8f1f3"), rect(-6, -2, 12, 12, "#c2605a")),
    stroke("M52 288q-8 -8 -16 -4M112 276q6 -10 14 -8", "#e0a04f", 4),
    // Woman under the menu, man with the chair.
    cafeTable(322, 446),
    person({
      x: 300,
      y: 372,
      skin: skins.light,
      hair: "long",
      hairColour: "#2f2520",
      top: "#c2605a",
      bottom: "#4b5163",
      look: 1,
      mouth: "open",
      tilt: 6,
      legs: [{ foot: [-16, 66], bend: 1 }, { foot: [14, 68] }],
      arms: [
        { hand: [-24, -112], bend: -1 },
        { hand: [24, -112], bend: 1 },
      ],
      front: turned(0, -124, -4, rect(-34, -12, 68, 16, "#f7f4ec", 2), rect(-34, -12, 68, 16, "#5d4a3c22", 2)),
    }),
    thing.chair(404, 452, 1, "#7a5538"),
    person({
      x: 446,
      y: 374,
      skin: skins.tan,
      hair: "waves",
      hairColour: "#30241e",
      top: "#5f7f95",
      bottom: "#56607a",
      look: -1,
      lean: 8,
      mouth: "flat",
      legs: [{ foot: [-10, 68] }, { foot: [26, 66], bend: -1 }],
      arms: [
        { hand: [-50, -18], bend: 1 },
        { hand: [-36, -8], bend: 1, back: true },
      ],
    }),
    // The calm old woman under the big umbrella.
    cafeTable(556, 440),
    thing.chair(616, 448, -1, "#7a5538"),
    person({
      x: 612,
      y: 386,
      shadow: false,
      skin: skins.dark,
      hair: "bun",
      hairColour: "#c9c6c0",
      glasses: "clear",
      top: "#7a8a6a",
      bottom: "#5d5a66",
      look: -1,
      legs: [
        { foot: [-30, 56], bend: -1, toe: -1 },
        { foot: [-12, 58], bend: -1, toe: -1 },
      ],
      arms: [
        { hand: [-26, -60], bend: -1, holds: at(-8, 8, 1, thing.cup(0, 0, "#f7f4ec")) },
        { hand: [20, -4], bend: -1 },
      ],
    }),
    rect(582, 190, 7, 254, "#6a6f74"),
    path(
      "M470 226Q490 150 585 142Q680 150 700 226q-18 -12 -38 0q-18 -12 -38 0q-19 -12 -39 0q-18 -12 -38 0q-18 -12 -38 0q-18 -12 -39 0Z",
      "#b8433c",
    ),
    path("M547 226Q552 170 585 142Q618 170 624 226q-19 -12 -39 0q-18 -12 -38 0Z", "#cf6058"),
    // The girl whose umbrella has turned inside out.
    person({
      x: 700,
      y: 404,
      size: 0.82,
      skin: skins.fair,
      hair: "ponytail",
      hairColour: "#c98a4b",
      top: "#e2b84f",
      bottom: "#4f6f8f",
      look: -1,
      mouth: "laugh",
      lean: -6,
      arms: [
        { hand: [-26, 2], bend: 1 },
        {
          hand: [38, -82],
          bend: 1,
          holds: [
            stroke("M0 12L8 -34", "#5d5a5a", 4),
            path("M8 -30L-30 -82q24 6 34 -4q10 12 28 4q16 8 30 -4Z", "#5f7fb0"),
            stroke("M8 -30L-30 -82M8 -30L4 -86M8 -30L32 -82M8 -30L62 -86", "#4a6690", 2),
          ],
        },
      ],
    }),
    thing.rain(drops, "#dfe9ee"),
  );
}

function race() {
  const balloons = ["#c2605a", "#d4a24f", "#5f8aa0", "#6f9a72", "#8a6f9e"];
  const arch = Array.from({ length: 23 }, (_, i) => {
    const a = Math.PI - (Math.PI * i) / 22;
    return circle(560 + Math.cos(a) * 150, 210 - Math.sin(a) * 130, 17, balloons[i % 5]);
  });
  return picture(
    "The end of a race",
    rect(0, 0, 800, 500, "#c6dfea"),
    thing.sun(90, 64, 30),
    thing.cloud(240, 60, 0.7),
    thing.cloud(740, 50, 0.6),
    path("M0 210Q160 170 340 200T800 190V320H0Z", "#a9c9a0"),
    thing.tree(40, 260, 0.7),
    thing.tree(240, 252, 0.62),
    thing.tree(360, 250, 0.5),
    thing.tree(770, 262, 0.75),
    rect(0, 270, 800, 230, "#9fc28c"),
    path("M120 500L300 300H760L800 340V500Z", "#d8c3a0"),
    // The arch.
    [410, 710].map((x) =>
      [0, 1, 2, 3, 4, 5, 6].map((i) => circle(x, 224 + i * 30, 17, balloons[(i + (x === 410 ? 1 : 3)) % 5])),
    ),
    arch,
    [0, 1, 2, 3, 4, 5, 6, 7].map((i) => [
      rect(404 + i * 38, 418, 19, 10, "#f7f4ec"),
      rect(423 + i * 38, 418, 19, 10, "#4a4643"),
      rect(404 + i * 38, 428, 19, 10, "#4a4643"),
      rect(423 + i * 38, 428, 19, 10, "#f7f4ec"),
    ]),
    // Spectators.
    person({
      x: 40,
      y: 362,
      skin: skins.tan,
      hair: "scarf",
      hairColour: "#4f7c8a",
      top: "#8a5f78",
      bottom: "#5d5a66",
      look: 1,
      mouth: "laugh",
      arms: [
        { hand: [-34, -110], bend: -1 },
        { hand: [34, -110], bend: 1 },
      ],
    }),
    person({
      x: 176,
      y: 350,
      skin: skins.dark,
      hair: "bald",
      hairColour: "#4a3a30",
      beard: "full",
      top: "#d98a5f",
      bottom: "#4b5163",
      look: 1,
      mouth: "laugh",
      arms: [
        { hand: [-8, -50], bend: 1 },
        { hand: [8, -52], bend: -1 },
      ],
    }),
    person({
      x: 108,
      y: 392,
      size: 0.76,
      skin: skins.light,
      hair: "waves",
      hairColour: "#8a5a30",
      top: "#5f8aa0",
      bottom: "#5c6a8a",
      look: 1,
      mouth: "laugh",
      arms: [
        {
          hand: [-18, -34],
          bend: 1,
          holds: [circle(-8, -6, 22, "#6a6f74"), circle(-8, -6, 16, "#7d8388"), stroke("M-28 4L-48 14", "#3c4048", 7)],
        },
        { hand: [24, -54], bend: -1, holds: [stroke("M0 0L-16 -8", "#a57b55", 5), ellipse(-20, -10, 7, 5, "#a57b55")] },
      ],
    }),
    [16, 226].map((x) => [rect(x - 4, 366, 8, 92, "#8d6746"), circle(x, 364, 7, "#8d6746")]),
    stroke("M16 384Q120 404 226 384", "#b8433c", 5),
    // The banana.
    person({
      x: 308,
      y: 330,
      size: 0.86,
      skin: skins.light,
      top: "#e8c64f",
      bottom: "#3f4452",
      lean: 10,
      look: 1,
      mouth: "open",
      hair: "none",
      legs: [
        { foot: [-52, 40], bend: 1, toe: 1 },
        { foot: [40, 62], bend: -1, toe: 1 },
      ],
      arms: [
        { hand: [-46, -30], bend: -1 },
        { hand: [48, -52], bend: 1 },
      ],
      behind: "",
      front: `<g transform="rotate(10)">${path("M-34 16Q-40 -60 -30 -104Q-22 -140 10 -158L18 -150Q34 -120 32 -84Q36 -30 30 16Q0 30 -34 16ZM0 -114a24 26 0 1 0 .1 0Z", "#f0d050")}${path("M4 -164L16 -170L20 -150L8 -146Z", "#7a5a2e")}${stroke("M-24 10Q-30 -40 -26 -66M24 10Q28 -40 26 -62", "#d8b53c", 3)}</g>`,
    }).replace(/d="M-34 16/, 'fill-rule="evenodd" d="M-34 16'),
    // The helper and the older woman.
    person({
      x: 452,
      y: 368,
      skin: skins.brown,
      hair: "short",
      hairColour: "#241a15",
      top: "#5f9a6a",
      bottom: "#3f4452",
      lean: 10,
      look: 1,
      mouth: "laugh",
      legs: [
        { foot: [-16, 68], bare: true },
        { foot: [14, 68], bare: true },
      ],
      arms: [
        { hand: [30, -10], bend: -1, sleeve: "short", back: true },
        { hand: [58, -20], bend: 1, sleeve: "short" },
      ],
      front: `<g transform="rotate(10)">${rect(-12, -40, 24, 20, "#f7f4ec", 2)}${stroke("M-5 -34V-26M3 -34q6 2 0 8h4", "#4a4643", 2)}</g>`,
    }),
    person({
      x: 540,
      y: 404,
      skin: skins.fair,
      hair: "bun",
      hairColour: "#c9c6c0",
      top: "#c2605a",
      bottom: "#56607a",
      lean: -14,
      look: -1,
      mouth: "laugh",
      shoes: "#5f8aa0",
      legs: [
        { foot: [-30, 30], bend: 1, toe: -1 },
        { foot: [40, 32], bend: -1, toe: 1 },
      ],
      arms: [
        { hand: [-50, -42], bend: -1, sleeve: "short" },
        { hand: [34, 20], bend: -1, sleeve: "short" },
      ],
      front: `<g transform="rotate(-14)">${rect(-12, -40, 24, 20, "#f7f4ec", 2)}${stroke("M-5 -34q8 2 0 8h6M6 -34V-26", "#4a4643", 2)}</g>`,
    }),
    ellipse(590, 436, 9, 6, skins.fair),
    at(476, 462, 1, path("M-14 4q-2 -14 10 -14q6 6 16 7q6 1 5 7Z", "#5f8aa0"), stroke("M-12 5H16", "#f7f4ec", 3)),
    // The winner and the dog.
    person({
      x: 748,
      y: 344,
      skin: skins.deep,
      hair: "curly",
      hairColour: "#1f1814",
      top: "#e2b84f",
      bottom: "#4f5f86",
      look: -1,
      mouth: "laugh",
      shadow: true,
      legs: [
        { foot: [-12, 70], bare: true },
        { foot: [12, 70], bare: true },
      ],
      arms: [
        { hand: [-34, 0], sleeve: "short" },
        {
          hand: [36, -86],
          bend: 1,
          sleeve: "short",
          holds: [rect(-6, -28, 12, 26, "#8fb9cf", 3), rect(-4, -34, 8, 7, "#4a6690", 2)],
        },
      ],
      front: [
        stroke("M-12 -56L0 -30L12 -56", "#b8433c", 4),
        circle(0, -24, 9, "#d9b04a"),
        circle(0, -24, 5, "#f0d58b"),
      ],
    }),
    thing.dogAsleep(676, 478, 0.95),
    rect(660, 456, 30, 18, "#f7f4ec", 2),
    stroke("M669 460h6l-4 10M680 460q6 2 0 5q6 2 0 5", "#4a4643", 2),
  );
}

export const scenes = { "iet-picture-02": movingDay, "iet-picture-06": cafe, "iet-picture-08": race };
