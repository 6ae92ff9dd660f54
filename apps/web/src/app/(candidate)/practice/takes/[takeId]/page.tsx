import { getPracticeTake } from "@bandwise/core/practice/queries";
import type { Metadata } from "next";
import { ComparedTakes } from "@/features/practice/compared-takes.tsx";
import { DeleteTake } from "@/features/practice/delete-take.tsx";
import { CriterionList } from "@/features/speaking-report/criterion-list.tsx";
import { HeardAnswer } from "@/features/speaking-report/heard-answer.tsx";
import { LookAgain } from "@/features/speaking-report/look-again.tsx";
import { FeedbackSection } from "@/features/speaking-report/speaking-report.tsx";
import { flagWords } from "@/features/speaking-report/words.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { formatDateTime } from "@/ui/format.ts";
import { LinkButton } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader } from "@/ui/page-header.tsx";

export const metadata: Metadata = { title: "Feedback" };

export default async function PracticeTakePage({ params }: { params: Promise<{ takeId: string }> }) {
  const context = await requirePage("practice:own");
  const take = await forPage(getPracticeTake(context, await params));
  return (
    <main className="page page-narrow">
      <PageHeader eyebrow={`Practice, ${formatDateTime(take.createdAt, take.timeZone)}`} title={take.title} />
      {take.status === "waiting" ? (
        <>
          <LookAgain />
          <p role="status">Your answer is being rated. The page follows by itself.</p>
        </>
      ) : null}
      {take.status === "failed" ? (
        <Notice tone="warn" title="This answer could not be rated">
          <p>{take.failure ?? "Nothing could be measured"}. Try once more.</p>
        </Notice>
      ) : null}
      {take.status === "rated" ? (
        <>
          <section className="rule-top grid gap-4 py-5">
            <CriterionList criteria={take.criteria} settled />
            {take.flags.map((flag) => (
              <p key={flag} className="text-warn">
                {flagWords[flag] ?? flag}
              </p>
            ))}
            <p className="text-ink-2">
              {take.validated
                ? "Machine-rated, by a version that was validated on local data."
                : "Machine-rated, not yet validated on local data."}
            </p>
          </section>
          <FeedbackSection feedback={take.feedback} />
          <section className="rule-top py-5">
            <HeardAnswer
              label="your answer"
              src={`/api/practice/takes/${take.id}/audio`}
              text={take.text}
              noticed={take.evidence}
            />
          </section>
          {take.others.length === 0 ? null : (
            <section className="rule-top py-5">
              <h2 className="mb-3 text-h2">Beside your other answers to this task</h2>
              <ComparedTakes take={take} />
            </section>
          )}
        </>
      ) : null}
      <div className="flex flex-wrap gap-3 pt-4">
        <LinkButton href={`/practice/${take.itemVersionId}`}>The same task again</LinkButton>
        <LinkButton href="/practice" variant="primary">
          To practice
        </LinkButton>
        <DeleteTake takeId={take.id} title={take.title} />
      </div>
    </main>
  );
}
