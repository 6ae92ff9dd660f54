import { getInterviewConsole } from "@bandwise/core/interviews/queries";
import type { Metadata } from "next";
import { ConsoleApp } from "@/features/interviews/console/console-app.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";

export const metadata: Metadata = { title: "Interview", robots: { index: false } };

/** No frame: the console takes the whole window, its way back is its own. */
export default async function InterviewPage({ params }: { params: Promise<{ attemptId: string }> }) {
  const context = await requirePage("interview:hold");
  const { attemptId } = await params;
  const console = await forPage(getInterviewConsole(context, { attemptId }));
  return <ConsoleApp initial={console} timeZone={context.person.timeZone} />;
}
