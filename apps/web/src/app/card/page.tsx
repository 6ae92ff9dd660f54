import type { Metadata } from "next";
import { CodedCard } from "@/features/interviews/card/coded-card.tsx";

export const metadata: Metadata = { title: "Candidate’s screen", robots: { index: false } };

/** A screen in the room: opened by the code that the examiner reads out, shows the card and nothing else. */
export default function CodedCardPage() {
  return <CodedCard />;
}
