import { getPracticeTask } from "@bandwise/core/practice/queries";
import type { Metadata } from "next";
import { PracticeTask } from "@/features/practice/practice-task.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";
import { TextLink } from "@/ui/link-button.tsx";

export const metadata: Metadata = { title: "Practice task" };

export default async function PracticeTaskPage({ params }: { params: Promise<{ itemVersionId: string }> }) {
  const context = await requirePage("practice:own");
  const { id, task } = await forPage(getPracticeTask(context, await params));
  return (
    <main className="page">
      <p className="mb-3">
        <TextLink href="/practice">Practice</TextLink>
      </p>
      <h1 className="mb-6">{"title" in task ? task.title : "Practice"}</h1>
      {/* As wide as in the exam: on a phone the page's own edge would come on top of the task's. */}
      <div className="max-wide:-mx-4">
        <PracticeTask itemVersionId={id} task={task} />
      </div>
    </main>
  );
}
