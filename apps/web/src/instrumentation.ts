/** Runs once when the server starts, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { believeTrustedProxiesOnly } = await import("./lib/trusted-proxy.ts");
  believeTrustedProxiesOnly();
  const { startPulse } = await import("./features/exam/server/pulse.ts");
  startPulse();
}
