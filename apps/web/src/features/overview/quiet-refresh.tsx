"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { formatAway } from "@/ui/format.ts";

const everySeconds = 20;

/**
 * Reads the page's figures anew every 20 seconds, while somebody looks at it, and says how old they are. Nothing is
 * announced: whoever wants the figures reads them.
 */
export function QuietRefresh({ readAt }: { readAt: number }) {
  const router = useRouter();
  const [age, setAge] = useState(0);

  useEffect(() => {
    const received = Date.now();
    let asked = received;
    setAge(0);
    const timer = setInterval(() => {
      const now = Date.now();
      setAge(Math.floor((now - received) / 1000));
      if (document.visibilityState === "visible" && now - asked >= everySeconds * 1000) {
        asked = now;
        router.refresh();
      }
    }, 5000);
    return () => clearInterval(timer);
  }, [readAt, router]);

  return (
    <p className="text-dense text-ink-3 tabular-nums">
      Updated {age < 5 ? "just now" : age < 60 ? `${age} s ago` : formatAway(Date.now(), Date.now() - age * 1000)}
    </p>
  );
}
