import "server-only";
import { recordBeat } from "@bandwise/core/delivery/clock-commands";
import { contextFor } from "@bandwise/core/kernel/context";
import { systemViewer } from "@bandwise/core/kernel/policy";
import { getServices } from "../../../lib/services.ts";

const everyMs = 3_000;

/** The web process's own pulse: a gap of ten seconds or more is time that candidates get back. */
export function startPulse(): void {
  const beat = async (): Promise<void> => {
    try {
      const services = await getServices();
      await recordBeat(contextFor(services, systemViewer, "pulse"), { kind: "web" });
    } catch {
      // No database, no beat: that is just what the gap is to show.
    }
  };
  void beat();
  setInterval(() => void beat(), everyMs).unref();
}
