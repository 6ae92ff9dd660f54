#!/usr/bin/env node
/**
 * Draws the pictures of the starter bank's speaking tasks.
 *
 *   node prisma/seed/bank/pictures/make-pictures.mjs           draw what is new or changed
 *   node prisma/seed/bank/pictures/make-pictures.mjs --check   change nothing; fail if a picture is not as drawn here
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { scenes as green } from "./scenes-green.mjs";
import { scenes as indoors } from "./scenes-indoors.mjs";
import { scenes as outdoors } from "./scenes-outdoors.mjs";
import { scenes as rooms } from "./scenes-rooms.mjs";
import { scenes as streets } from "./scenes-streets.mjs";

const media = join(dirname(fileURLToPath(import.meta.url)), "..", "media");
const check = process.argv.includes("--check");
const differing = [];

for (const [name, draw] of Object.entries({ ...indoors, ...outdoors, ...rooms, ...streets, ...green })) {
  const path = join(media, `${name}.svg`);
  const drawn = draw();
  if (existsSync(path) && readFileSync(path, "utf8") === drawn) continue;
  differing.push(name);
  if (!check) writeFileSync(path, drawn);
}

if (check && differing.length > 0) {
  console.error(`Not as drawn: ${differing.join(", ")}`);
  process.exit(1);
}
console.log(check ? "All pictures are as drawn." : `${differing.length} drawn.`);
