import { Badge } from "@/ui/badge.tsx";
import { attemptStateWords } from "../bookings/words.ts";

const tones = { in_progress: "accent", released: "ok", no_show: "warn", voided: "bad", cancelled: "plain" } as const;

export function StateBadge({ state }: { state: string }) {
  const tone = state in tones ? tones[state as keyof typeof tones] : "plain";
  return <Badge tone={tone}>{attemptStateWords[state] ?? state}</Badge>;
}
