/** What a speech-to-text reads: 16 kHz, one channel, 16 bits. */
const sampleRate = 16_000;

/** Decodes a stretch that was just recorded. @throws where the browser cannot read its own recording. */
export async function spokenSamples(stretch: Blob): Promise<ArrayBuffer> {
  // The rate of the context is the rate it decodes to.
  const context = new OfflineAudioContext(1, 1, sampleRate);
  const decoded = await context.decodeAudioData(await stretch.arrayBuffer());
  const view = new DataView(new ArrayBuffer(decoded.length * 2));
  decoded.getChannelData(0).forEach((value, at) => {
    view.setInt16(at * 2, Math.round(Math.max(-1, Math.min(1, value)) * 32_767), true);
  });
  return view.buffer;
}
