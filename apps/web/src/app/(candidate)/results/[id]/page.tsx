import { getMyAppeals } from "@bandwise/core/results/appeal-queries";
import { getResult } from "@bandwise/core/results/queries";
import { remarkWords } from "@bandwise/core/results/report-words";
import { Award, Download, FileText } from "lucide-react";
import type { Metadata } from "next";
import { AppealSection } from "@/features/appeals/appeal-section.tsx";
import { PrintButton } from "@/features/results/print-button.tsx";
import { ResultReport } from "@/features/results/result-report.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";
import { buttonLook } from "@/ui/button.tsx";
import { formatDate } from "@/ui/format.ts";
import { LinkButton, TextLink } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader } from "@/ui/page-header.tsx";

export const metadata: Metadata = { title: "Your result" };

export default async function ResultPage({ params }: { params: Promise<{ id: string }> }) {
  const context = await requirePage("result:own");
  const result = await forPage(getResult(context, { resultId: (await params).id }));
  const mine = await getMyAppeals(context, { resultId: result.id });
  const { attempt, output, certificate } = result;
  const { timeZone } = attempt.sitting.centre;
  const satAt = attempt.startedAt ?? attempt.submittedAt;
  const dates = [
    attempt.sitting.programme.title,
    ...(satAt === null ? [] : [`sat ${formatDate(satAt, timeZone)}`]),
    ...(result.releasedAt === null ? [] : [`released ${formatDate(result.releasedAt, timeZone)}`]),
  ];
  return (
    <main className="page result-page">
      <PageHeader
        eyebrow={dates.join(", ")}
        title="Your result"
        actions={
          <div className="flex flex-wrap gap-2 print:hidden">
            <PrintButton />
            <a
              href={`/api/results/${result.id}/pdf`}
              {...buttonLook({ size: "lg" })}
              className="btn"
              download={`result-${attempt.reference}-${result.version}.pdf`}
            >
              <FileText className="ico" aria-hidden="true" />
              PDF
            </a>
            <a
              href={`/api/results/${result.id}`}
              {...buttonLook({ size: "lg" })}
              className="btn"
              download={`result-${attempt.reference}.json`}
            >
              <Download className="ico" aria-hidden="true" />
              JSON
            </a>
            {certificate === null ? null : (
              <LinkButton
                href={`/verify/${certificate.code}`}
                variant="primary"
                size="lg"
                icon={<Award className="ico" aria-hidden="true" />}
              >
                Certificate
              </LinkButton>
            )}
          </div>
        }
      />
      <p className="hidden pb-4 text-h3 print:block">{attempt.candidate.name}</p>
      {result.status === "superseded" ? (
        <Notice tone="warn" title="A newer result has replaced this one" className="mb-6">
          <p>
            {result.replacedById === null ? (
              "It is kept here as it was released."
            ) : (
              <>
                It is kept here as it was released.{" "}
                <TextLink href={`/results/${result.replacedById}`}>Open the newer result</TextLink>
              </>
            )}
          </p>
        </Notice>
      ) : null}
      {result.remarked.map((remarked) => (
        <Notice key={remarked.skill} tone="plain" title="Marked anew" className="mb-6">
          {remarkWords(remarked)}
        </Notice>
      ))}
      <ResultReport output={output} range={result.range} machine={result.machine} />
      <p className="rule-top py-5 print:hidden">
        <TextLink href="/results">Your progress over all sittings</TextLink>
      </p>
      {output.scheme === "iet-speaking" ? (
        <p className="rule-top py-5 print:hidden">
          <TextLink href={`/attempts/${attempt.id}/receipt`}>
            Your answers, what was noticed in them, and advice
          </TextLink>
        </p>
      ) : null}
      <AppealSection resultId={result.id} mine={mine} timeZone={timeZone} />
    </main>
  );
}
