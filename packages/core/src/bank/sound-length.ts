import { ALL_FORMATS, BufferSource, Input } from "mediabunny";

/** A recording's length in seconds, to the hundredth; null where it cannot be told. */
export async function measureSeconds(content: Uint8Array): Promise<number | null> {
  try {
    const seconds = await new Input({ source: new BufferSource(content), formats: ALL_FORMATS }).computeDuration();
    return seconds > 0 ? Math.round(seconds * 100) / 100 : null;
  } catch {
    return null;
  }
}
