"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { formatInteger } from "@/ui/format.ts";
import { ProgressBar } from "@/ui/progress-bar.tsx";

const everyMilliseconds = 1500;

/** How far the worker is; the page reads itself anew until it is done. */
export function SimulationProgress({ done, total, waiting }: { done: number; total: number; waiting: boolean }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, everyMilliseconds);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <div className="grid max-w-xl gap-2 py-4">
      <ProgressBar
        label={waiting ? "Waiting for the worker" : "Simulating"}
        value={done}
        max={total}
        text={`${formatInteger(done)} of ${formatInteger(total)} candidates`}
      />
      <p className="text-dense text-ink-3">You can leave this page; the simulation goes on.</p>
    </div>
  );
}
