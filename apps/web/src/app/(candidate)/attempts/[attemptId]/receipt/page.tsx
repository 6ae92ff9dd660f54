import { getMyAttempt } from "@bandwise/core/delivery/candidate-queries";
import { getMyAppeals } from "@bandwise/core/results/appeal-queries";
import { getSpeakingReport } from "@bandwise/core/results/speaking-report-queries";
import { CircleCheck } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { sectionWords } from "@/features/exam/words.ts";
import { SpeakingReport } from "@/features/speaking-report/speaking-report.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";
import { DefinitionList } from "@/ui/definition-list.tsx";
import { formatDateTime } from "@/ui/format.ts";
import { LinkButton } from "@/ui/link-button.tsx";

export const metadata: Metadata = { title: "Receipt" };

export default async function ReceiptPage({ params }: { params: Promise<{ attemptId: string }> }) {
  const context = await requirePage("booking:own");
  const attempt = await forPage(getMyAttempt(context, await params));
  if (!attempt.receipt || !attempt.submittedAt) redirect("/home");
  if (attempt.plan.scheme === "iet-speaking") {
    const report = await forPage(getSpeakingReport(context, { attemptId: attempt.id }));
    const resultId = report.result?.id;
    const appeals = resultId ? await forPage(getMyAppeals(context, { resultId })) : null;
    return <SpeakingReport report={report} asked={(appeals?.appeals.length ?? 0) > 0} />;
  }
  const { timeZone } = attempt.sitting.centre;
  return (
    <main className="page page-narrow">
      <p className="mb-3 flex items-center gap-2 font-medium text-ok">
        <CircleCheck className="size-6" strokeWidth={1.75} aria-hidden="true" /> Handed in
      </p>
      <h1 className="mb-3">Your exam is safely with us</h1>
      <p className="measure mb-8 text-ink-2">
        Everything you answered is stored. Your writing and speaking are now marked by people; you get an e-mail when
        your result is released.
        {attempt.submittedBy === "time" ? " Your time ran out, so we handed it in for you." : ""}
      </p>
      <section className="rule-top py-5">
        <DefinitionList
          items={[
            { term: "Receipt", detail: <span className="font-code text-h3">{attempt.receipt}</span> },
            { term: "Handed in", detail: formatDateTime(attempt.submittedAt, timeZone) },
            { term: "Candidate", detail: attempt.candidateName },
            { term: "Examination", detail: attempt.plan.title },
            { term: "Booking", detail: <span className="font-code">{attempt.reference}</span> },
          ]}
        />
      </section>
      <section className="rule-top py-5">
        <h2 className="mb-3 text-h2">What we have</h2>
        <ul>
          {attempt.plan.sections.map((section) => (
            <li key={section.skill} className="flex justify-between border-t border-line py-2.5">
              <span>{sectionWords[section.skill].name}</span>
              <span className="text-ink-2 tabular-nums">
                {section.answered} of {section.items} {sectionWords[section.skill].many} answered
              </span>
            </li>
          ))}
        </ul>
      </section>
      <LinkButton href="/home" variant="primary" size="lg">
        To your home page
      </LinkButton>
    </main>
  );
}
