import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where the microphone's file lies: written once by the set-up, read by each browser. */
export function voicePath(): string {
  return join(process.env.E2E_DATA_DIR ?? tmpdir(), "voice.wav");
}
