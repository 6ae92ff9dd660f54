#!/usr/bin/env node
/**
 * Makes the recordings of the speaking benchmarks from `speaking.json`: each stretch of text spoken by a synthetic voice, each
 * pause in brackets as so many seconds of silence. Lengths and waveform heights are written back.
 *
 *   node prisma/seed/benchmarks/make-audio.mjs          (needs flite and ffmpeg)
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const RATE = 16000;
/** As many heights as the worker keeps of a recording. */
const PEAKS = 600;
const here = dirname(fileURLToPath(import.meta.url));
const file = join(here, "speaking.json");
const benchmarks = JSON.parse(readFileSync(file, "utf8"));
const folder = mkdtempSync(join(tmpdir(), "benchmarks-"));
mkdirSync(join(here, "media"), { recursive: true });

/** One stretch as samples, without the silence that the synthesiser puts around it. */
function speak(text, voice, pace) {
  const raw = join(folder, "raw.wav");
  execFileSync("flite", ["-voice", voice, "--setf", `duration_stretch=${pace}`, "-t", text, "-o", raw]);
  const trim = "silenceremove=start_periods=1:start_threshold=-45dB";
  const filter = `${trim},areverse,${trim},areverse,afade=t=in:d=0.01`;
  const pcm = execFileSync(
    "ffmpeg",
    ["-v", "error", "-i", raw, "-af", filter, "-ar", String(RATE), "-ac", "1", "-f", "s16le", "-bitexact", "-"],
    { maxBuffer: 1 << 26 },
  );
  return new Int16Array(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + pcm.byteLength));
}

for (const benchmark of benchmarks) {
  const parts = benchmark.text.split(/\[([0-9.]+)\]/);
  const pieces = [new Int16Array(RATE / 2)];
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) pieces.push(new Int16Array(Math.round(Number(part) * RATE)));
    else if (part.trim() !== "") pieces.push(speak(part.trim(), benchmark.voice, benchmark.pace));
  }
  pieces.push(new Int16Array(RATE / 2));
  const samples = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece, at);
    at += piece.length;
  }
  const step = samples.length / PEAKS;
  const heights = Array.from({ length: PEAKS }, (_, bar) => {
    let height = 0;
    for (let index = Math.floor(bar * step); index < (bar + 1) * step; index += 1) {
      height = Math.max(height, Math.abs(samples[index] ?? 0));
    }
    return height;
  });
  const highest = Math.max(1, ...heights);
  benchmark.durationSeconds = Math.round((samples.length / RATE) * 10) / 10;
  benchmark.peaks = heights.map((height) => Math.round((height / highest) * 100));
  execFileSync(
    "ffmpeg",
    ["-v", "error", "-y", "-f", "s16le", "-ar", String(RATE), "-ac", "1", "-i", "-"]
      .concat(["-af", "loudnorm=I=-18:TP=-1.5", "-ar", String(RATE), "-map_metadata", "-1", "-fflags", "+bitexact"])
      .concat(["-flags:a", "+bitexact", "-id3v2_version", "0", "-c:a", "libmp3lame", "-b:a", "24k"])
      .concat([join(here, "media", `${benchmark.id}.mp3`)]),
    { input: Buffer.from(samples.buffer) },
  );
}
writeFileSync(file, `${JSON.stringify(benchmarks, null, 2)}\n`);
rmSync(folder, { recursive: true });
console.log(`${benchmarks.length} recordings`);
