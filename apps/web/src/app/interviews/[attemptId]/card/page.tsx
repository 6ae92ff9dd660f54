import { getMyInterviewCard } from "@bandwise/core/interviews/queries";
import type { Metadata } from "next";
import { OwnCard } from "@/features/interviews/card/own-card.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";

export const metadata: Metadata = { title: "Your interview", robots: { index: false } };

export default async function CardPage({ params }: { params: Promise<{ attemptId: string }> }) {
  const context = await requirePage("booking:own");
  const { attemptId } = await params;
  const card = await forPage(getMyInterviewCard(context, { attemptId }));
  return <OwnCard attemptId={attemptId} initial={card} />;
}
