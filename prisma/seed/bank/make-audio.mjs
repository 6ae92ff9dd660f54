#!/usr/bin/env node
/**
 * Makes the recordings of the starter bank from the transcripts in its JSON files.
 *
 *   node prisma/seed/bank/make-audio.mjs            make what is new or changed
 *   node prisma/seed/bank/make-audio.mjs --force    make everything again
 *   node prisma/seed/bank/make-audio.mjs l-a1 l-b2-07   only items whose id starts so
 *   node prisma/seed/bank/make-audio.mjs --check    change nothing; fail if a recording is missing or out of date
 *
 * Every turn is synthesised on its own, trimmed, brought to one loudness per voice, joined with the pauses the
 * transcript asks for, normalised as a whole and encoded. The measured length is written back to `durationSeconds`;
 * `media/manifest.json` keeps a hash of each source so that unchanged recordings are left alone, and loudness and peak as the
 * bank itself measures them on upload: seeding would take half a minute to measure them all. No step is random and no date
 * is stored: the same transcript gives the same file with the same tools.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const bankDir = dirname(fileURLToPath(import.meta.url));
const mediaDir = join(bankDir, "media");
const manifestPath = join(mediaDir, "manifest.json");

/** Raise when a change below alters the sound of every recording. */
const RECIPE = 1;
const RATE = 24000;
const LEAD_MS = 700;
const TAIL_MS = 400;
const LOUDNESS = -18;
const TRUE_PEAK = -1.5;
/** Duration stretch: the lowest levels are spoken more slowly. Speaking tasks carry a band, not a level. */
const STRETCH = { A1: 1.15, A2: 1.08, A: 1.1 };
const SLT = "voice_cmu_us_slt_arctic_hts";

const args = process.argv.slice(2);
const unknown = args.filter((a) => a.startsWith("-") && a !== "--force" && a !== "--check");
if (unknown.length) fail(`Unknown option ${unknown.join(", ")}; use --force, --check or item ids.`);
const force = args.includes("--force");
const check = args.includes("--check");
const only = args.filter((a) => !a.startsWith("-"));

function fail(message) {
  console.error(message);
  process.exit(1);
}

function run(command, argv) {
  const result = spawnSync(command, argv, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (result.error) fail(`${command}: ${result.error.message}`);
  if (result.status !== 0) fail(`${command} ${argv.join(" ")}\n${result.stderr}`);
  return result;
}

let toolsAreThere = false;

function checkTools() {
  if (toolsAreThere) return;
  const has = (command) => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
  const missing = [];
  if (!has("text2wave")) missing.push(["festival (text2wave)", "apt-get install festival festvox-us-slt-hts"]);
  else if (
    !execFileSync("festival", ["-b", "(print (voice.list))"], { encoding: "utf8" }).includes("cmu_us_slt_arctic_hts")
  )
    missing.push(["the voice slt of festival", "apt-get install festvox-us-slt-hts"]);
  if (!has("flite")) missing.push(["flite", "apt-get install flite"]);
  else {
    const list = execFileSync("flite", ["-lv"], { encoding: "utf8" });
    for (const voice of ["rms", "awb"])
      if (!list.split(/\s+/).includes(voice)) missing.push([`the voice ${voice} of flite`, "apt-get install flite"]);
  }
  if (!has("sox")) missing.push(["sox", "apt-get install sox"]);
  if (!has("ffmpeg") || !has("ffprobe")) missing.push(["ffmpeg and ffprobe", "apt-get install ffmpeg"]);
  if (missing.length) fail(missing.map(([what, how]) => `Missing: ${what}\n  ${how}`).join("\n"));
  toolsAreThere = true;
}

function jsonFiles(dir) {
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith(".") && join(dir, entry.name) !== mediaDir)
    .flatMap((entry) => {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) return jsonFiles(path);
      return entry.name.endsWith(".json") ? [path] : [];
    })
    .sort();
}

/** What is to be spoken for an item: one recording for each file it names. */
function recordingsOf(item) {
  const { stimulus, turn, turns } = item?.content ?? {};
  const stretch = STRETCH[item?.level] ?? 1;
  if (Array.isArray(stimulus?.turns))
    return [{ id: item.id, media: stimulus.media, written: stimulus.durationSeconds, stretch, turns: stimulus.turns }];
  return [turn, ...(Array.isArray(turns) ? turns : [])]
    .filter((one) => one?.text)
    .map((one) => ({
      id: item.id,
      media: one.media,
      written: one.durationSeconds,
      stretch,
      turns: [{ ...one, pauseAfterMs: 0 }],
    }));
}

/** Words the synthesisers get wrong, spelt as they should sound. */
const SAY_AS = { Mei: "May", Minh: "Min", Tunde: "Toonday", Thandi: "Tandy", Hmm: "Um", Ewa: "Eva" };
const sayAs = new RegExp(`\\b(${Object.keys(SAY_AS).join("|")})\\b`, "g");

/** What the synthesiser is given: respelt names, and none of the typography it stumbles over. */
const spoken = (text) =>
  text
    .replace(sayAs, (word) => SAY_AS[word])
    .replace(/[‘’]/g, "'")
    .replace(/[“”"]/g, "")
    .replace(/\s*[—–]\s*/g, ", ")
    .replace(/…/g, ",")
    .replace(/\s+/g, " ")
    .trim();

function hashOf(recording) {
  const source = {
    recipe: RECIPE,
    stretch: recording.stretch,
    turns: recording.turns.map((t) => [t.voice, spoken(t.text), t.pauseAfterMs]),
  };
  return createHash("sha256").update(JSON.stringify(source)).digest("hex").slice(0, 32);
}

function synthesise(turn, stretch, base) {
  const text = `${base}.txt`;
  const raw = `${base}-raw.wav`;
  const out = `${base}.wav`;
  writeFileSync(text, `${spoken(turn.text)}\n`);
  if (turn.voice === "slt") {
    const slower = `(set! hts_engine_params (append hts_engine_params '(("-r" ${(1 / stretch).toFixed(4)}))))`;
    run("text2wave", ["-eval", `(${SLT})`, "-eval", slower, "-o", raw, text]);
  } else if (turn.voice === "rms" || turn.voice === "awb") {
    run("flite", ["-voice", turn.voice, "--setf", `duration_stretch=${stretch}`, "-f", text, "-o", raw]);
  } else fail(`Unknown voice ${turn.voice}`);
  const trim = ["silence", "1", "0.02", "0.3%"];
  run("sox", [
    "-R",
    raw,
    "-b",
    "16",
    out,
    "gain",
    "-3",
    "rate",
    "-v",
    String(RATE),
    "channels",
    "1",
    ...trim,
    "fade",
    "t",
    "0.01",
    "reverse",
    ...trim,
    "fade",
    "t",
    "0.03",
    "reverse",
    "pad",
    "0.02",
    "0.06",
  ]);
  return out;
}

function loudness(path, target) {
  const { stderr } = run("ffmpeg", [
    "-hide_banner",
    "-nostats",
    "-i",
    path,
    "-af",
    `loudnorm=I=${target}:TP=${TRUE_PEAK}:LRA=11:print_format=json`,
    "-f",
    "null",
    "-",
  ]);
  const measured = JSON.parse(stderr.slice(stderr.lastIndexOf("{"), stderr.lastIndexOf("}") + 1));
  if (!Number.isFinite(Number(measured.input_i))) fail(`${path}: silent`);
  return measured;
}

/** One gain per voice, so that a short reply is not lifted over a long one but two voices stand at one level. */
function matchVoices(turns, files, dir) {
  for (const voice of new Set(turns.map((t) => t.voice))) {
    const own = files.filter((_, i) => turns[i].voice === voice);
    const joined = join(dir, `voice-${voice}.wav`);
    run("sox", ["-R", ...own, joined]);
    const gain = LOUDNESS - Number(loudness(joined, LOUDNESS).input_i);
    for (const file of own) {
      const level = `${file}.level.wav`;
      run("ffmpeg", [
        "-v",
        "error",
        "-y",
        "-i",
        file,
        "-af",
        `volume=${gain.toFixed(2)}dB,alimiter=limit=0.75:attack=2:release=40:level=disabled`,
        "-ar",
        String(RATE),
        "-bitexact",
        level,
      ]);
      renameSync(level, file);
    }
  }
}

function make(recording) {
  const dir = mkdtempSync(join(tmpdir(), "bank-audio-"));
  try {
    const { turns, stretch } = recording;
    const files = turns.map((turn, i) => synthesise(turn, stretch, join(dir, `turn-${String(i).padStart(2, "0")}`)));
    matchVoices(turns, files, dir);
    const parts = files.map((file, i) => {
      const after = i === files.length - 1 ? TAIL_MS : turns[i].pauseAfterMs;
      const before = i === 0 ? LEAD_MS : 0;
      const padded = join(dir, `part-${String(i).padStart(2, "0")}.wav`);
      run("sox", ["-R", file, padded, "pad", String(before / 1000), String(after / 1000)]);
      return padded;
    });
    const joined = join(dir, "joined.wav");
    run("sox", ["-R", ...parts, joined]);
    const m = loudness(joined, LOUDNESS);
    const norm = `loudnorm=I=${LOUDNESS}:TP=${TRUE_PEAK}:LRA=11:linear=true:measured_I=${m.input_i}:measured_TP=${m.input_tp}:measured_LRA=${m.input_lra}:measured_thresh=${m.input_thresh}:offset=${m.target_offset}`;
    const encoded = join(dir, "out.mp3");
    run("ffmpeg", [
      "-v",
      "error",
      "-y",
      "-i",
      joined,
      "-af",
      norm,
      "-ar",
      String(RATE),
      "-ac",
      "1",
      "-map_metadata",
      "-1",
      "-fflags",
      "+bitexact",
      "-flags:a",
      "+bitexact",
      "-id3v2_version",
      "0",
      "-c:a",
      "libmp3lame",
      "-b:a",
      "32k",
      encoded,
    ]);
    const bytes = readFileSync(encoded);
    const temporary = join(mediaDir, `.${recording.media}.part`);
    writeFileSync(temporary, bytes);
    renameSync(temporary, join(mediaDir, recording.media));
    return measure(join(mediaDir, recording.media));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function measure(path) {
  const { stdout } = run("ffprobe", ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path]);
  return Math.round(Number(stdout) * 10) / 10;
}

/** Loudness in LUFS and true peak in dBTP, by the bank's own meter. */
async function level(media) {
  const { register } = await import("tsx/esm/api");
  const unregister = register();
  const { measureSound } = await import("@bandwise/core/bank/sound");
  await unregister();
  const { loudness, peak } = await measureSound(readFileSync(join(mediaDir, media)));
  return { loudness: Math.round(loudness * 100) / 100, peak: Math.round(peak * 100) / 100 };
}

/** Replaces the `durationSeconds` after the file's name, leaving every other byte of the file as it is. */
function writeDuration(raw, media, seconds, path) {
  const at = raw.indexOf(`"media": "${media}"`);
  const found = /("durationSeconds"\s*:\s*)[0-9.eE+-]+/.exec(raw.slice(Math.max(at, 0)));
  if (at < 0 || !found) fail(`${path}: no durationSeconds after the media ${media}`);
  const start = at + found.index;
  const next = raw.slice(0, start) + found[1] + seconds + raw.slice(start + found[0].length);
  const recording = JSON.parse(next)
    .flatMap(recordingsOf)
    .find((one) => one.media === media);
  if (recording?.written !== seconds)
    fail(`${path}: put "media" of ${media} before its "durationSeconds" so that it can be found`);
  return next;
}

mkdirSync(mediaDir, { recursive: true });
const manifest = existsSync(manifestPath) ? JSON.parse(readFileSync(manifestPath, "utf8")) : {};
const seen = new Map();
const stale = [];
let made = 0;
let kept = 0;

const saveManifest = () => {
  const sorted = Object.fromEntries(
    Object.keys(manifest)
      .sort()
      .map((k) => [k, manifest[k]]),
  );
  writeFileSync(manifestPath, `${JSON.stringify(sorted, null, 2)}\n`);
};

for (const path of jsonFiles(bankDir)) {
  const original = readFileSync(path, "utf8");
  let items;
  try {
    items = JSON.parse(original);
  } catch (error) {
    fail(`${relative(process.cwd(), path)}: ${error.message}`);
  }
  if (!Array.isArray(items)) continue;
  const lengths = new Map();
  for (const recording of items.flatMap(recordingsOf)) {
    const { id, media } = recording;
    if (typeof media !== "string" || !/^[a-z0-9-]+\.mp3$/.test(media))
      fail(`${path}: ${id}: media must be a plain file name ending in .mp3`);
    if (seen.has(media)) fail(`${id} and ${seen.get(media)} both name ${media}`);
    seen.set(media, id);
    if (only.length && !only.some((start) => id.startsWith(start))) continue;
    const hash = hashOf(recording);
    const known = manifest[media];
    const current = known?.hash === hash && existsSync(join(mediaDir, media));
    if (check) {
      kept += 1;
      if (!current || known.durationSeconds !== recording.written || known.loudness === undefined) stale.push(media);
      continue;
    }
    if (current && !force) {
      kept += 1;
      if (known.durationSeconds !== recording.written) lengths.set(media, known.durationSeconds);
      if (known.loudness === undefined) manifest[media] = { ...known, ...(await level(media)) };
      continue;
    }
    checkTools();
    const durationSeconds = make(recording);
    manifest[media] = { hash, durationSeconds, ...(await level(media)) };
    saveManifest();
    if (durationSeconds !== recording.written) lengths.set(media, durationSeconds);
    made += 1;
    console.log(`${basename(media, ".mp3")}  ${durationSeconds.toFixed(1)} s`);
  }
  if (lengths.size) {
    // Read again: the file may have been edited while the recordings were being made.
    let raw = readFileSync(path, "utf8");
    for (const [media, seconds] of lengths) raw = writeDuration(raw, media, seconds, path);
    writeFileSync(path, raw);
  }
}

if (check) {
  if (stale.length)
    fail(`Out of date: ${stale.join(", ")}\nRun: node ${relative(process.cwd(), fileURLToPath(import.meta.url))}`);
  console.log(`${kept} recordings are up to date.`);
} else {
  for (const media of Object.keys(manifest)) if (!seen.has(media) && !only.length) delete manifest[media];
  saveManifest();
  console.log(`${made} made, ${kept} unchanged.`);
}
