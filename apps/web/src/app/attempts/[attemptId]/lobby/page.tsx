import { getMyAttempt } from "@bandwise/core/delivery/candidate-queries";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { LobbyApp } from "@/features/lobby/lobby-app.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";

export const metadata: Metadata = { title: "Lobby", robots: { index: false } };

export default async function LobbyPage({ params }: { params: Promise<{ attemptId: string }> }) {
  const context = await requirePage("booking:own");
  const attempt = await forPage(getMyAttempt(context, await params));
  if (attempt.interview) redirect(`/interviews/${attempt.id}/card`);
  if (attempt.status === "in_progress") redirect(`/exam/${attempt.id}`);
  if (attempt.receipt) redirect(`/attempts/${attempt.id}/receipt`);
  if (attempt.status !== "booked" && attempt.status !== "checked_in") redirect("/home");
  return <LobbyApp attempt={attempt} />;
}
