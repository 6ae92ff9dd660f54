"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const everyMs = 2_500;

/** Looks again until the page no longer asks for it. */
export function LookAgain() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
