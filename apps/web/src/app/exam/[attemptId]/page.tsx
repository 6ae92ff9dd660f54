import { getExamState } from "@bandwise/core/delivery/exam-queries";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ExamApp } from "@/features/exam/exam-app.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";

export const metadata: Metadata = { title: "Exam", robots: { index: false } };

export default async function ExamPage({ params }: { params: Promise<{ attemptId: string }> }) {
  const context = await requirePage("attempt:sit");
  const { attemptId } = await params;
  const state = await forPage(getExamState(context, { attemptId }));
  if (state.status === "booked" || state.status === "checked_in") redirect(`/attempts/${attemptId}/lobby`);
  if (state.status === "cancelled" || state.status === "no_show" || state.status === "voided") redirect("/home");
  // A submitted attempt still opens here: what this browser holds goes out first, then the receipt is shown.
  return <ExamApp initial={state} />;
}
