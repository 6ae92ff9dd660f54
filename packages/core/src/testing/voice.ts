import { waveHeader } from "../delivery/wave.ts";

/**
 * Something like speech as a WAV file: syllables of a gliding voice with two formants, four to the second, and a breath after
 * every seventh. Loud and restless enough that no noise suppression takes it for a hum.
 */
export function makeVoice(seconds: number, rate = 16_000): Buffer {
  const samples = Buffer.alloc(rate * seconds * 2);
  let phase = 0;
  for (let index = 0; index < rate * seconds; index += 1) {
    const at = index / rate;
    const syllable = Math.floor(at * 4);
    const within = at * 4 - syllable;
    const spoken = syllable % 8 === 7 ? 0 : Math.sin(Math.PI * within) ** 0.7;
    const pitch = 110 + 40 * Math.sin(at * 2.1) + ((syllable * 37) % 29);
    phase += (2 * Math.PI * pitch) / rate;
    const formants = [500 + ((syllable * 173) % 300), 1500 + ((syllable * 331) % 700)];
    let sound = 0;
    for (let harmonic = 1; harmonic <= 20; harmonic += 1) {
      const frequency = harmonic * pitch;
      const weight = formants.reduce((sum, formant) => sum + Math.exp(-(((frequency - formant) / 250) ** 2)), 0.05);
      sound += (weight / Math.sqrt(harmonic)) * Math.sin(phase * harmonic);
    }
    samples.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sound * 0.35)) * spoken * 30_000), index * 2);
  }
  return Buffer.concat([waveHeader(samples.length, rate), samples]);
}
