import { getAttemptResults } from "@bandwise/core/results/queries";
import { schemeById } from "@bandwise/core/schemes/rules";
import type { Metadata } from "next";
import { AttemptScripts } from "@/features/results/attempt-scripts.tsx";
import { AttemptVersions } from "@/features/results/attempt-versions.tsx";
import { ProfileAdvice } from "@/features/results/profile-advice.tsx";
import { CloseReviewButton, ReleaseButton } from "@/features/results/release-button.tsx";
import { ResultAxis } from "@/features/results/result-axis.tsx";
import { ScoreAxis } from "@/features/results/score-axis.tsx";
import { ScoreRangeTable } from "@/features/results/score-range.tsx";
import { WhyThisBand } from "@/features/results/why-this-band.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";
import { formatDateTime } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export const metadata: Metadata = { title: "Result of an attempt" };

export default async function AttemptResultPage({ params }: { params: Promise<{ attemptId: string }> }) {
  const context = await requirePage("result:read");
  const attempt = await forPage(getAttemptResults(context, { attemptId: (await params).attemptId }));
  const { timeZone } = attempt.sitting.centre;
  const newest = attempt.results[0];
  const settled = attempt.scripts.filter(({ status }) => status === "settled").length;
  return (
    <StaffPage>
      <p className="pt-3 text-dense">
        <TextLink href="/admin/results">Results</TextLink>
      </p>
      <PageHeader
        level="staff"
        title={attempt.candidate.name}
        note={
          <>
            <code>{attempt.reference}</code>, {attempt.sitting.programme.title}, {attempt.sitting.centre.name}
            {attempt.submittedAt === null ? "" : `, submitted ${formatDateTime(attempt.submittedAt, timeZone)}`}
          </>
        }
        actions={
          attempt.obstacle === null ? (
            <ReleaseButton attemptIds={[attempt.id]} names={[attempt.candidate.name]} />
          ) : attempt.reviewReason === null || attempt.status === "released" ? null : (
            <CloseReviewButton attemptId={attempt.id} reason={attempt.reviewReason} />
          )
        }
      />
      {attempt.status === "released" ? null : attempt.reviewReason !== null ? (
        <Notice tone="warn" title="Held for review" className="mb-4">
          <p>
            {attempt.reviewReason} Look at the attempt, send back what has to be marked anew, then close the review: it
            is scored anew from the answers that count.
          </p>
        </Notice>
      ) : attempt.obstacle === null ? (
        <Notice
          {...(attempt.automatic?.heldBecause ? { tone: "warn" as const } : {})}
          title={attempt.automatic?.heldBecause ? "Not released by itself" : "Ready to release"}
          className="mb-4"
        >
          <p>
            {attempt.automatic?.heldBecause ??
              (attempt.automatic === null
                ? "Its programme leaves the release to an admin. The candidate sees nothing of it before."
                : "It releases itself in a moment: all marks are final and nothing is in doubt.")}
          </p>
        </Notice>
      ) : (
        <Notice title="Not ready yet" className="mb-4">
          <p>
            {attempt.scripts.length === 0
              ? "Its scripts are being made."
              : `${settled} of ${attempt.scripts.length} scripts are settled.`}{" "}
            {attempt.automatic === null
              ? "Then an admin releases it."
              : "It releases itself when all marks are final and nothing is in doubt."}
          </p>
        </Notice>
      )}
      {newest?.output.scheme === "ielp" ? <ResultAxis output={newest.output} ground="surface" /> : null}
      {newest === undefined || newest.output.scheme === "ielp" ? null : (
        <ScoreAxis summary={newest.summary} scale={schemeById(newest.schemeId).scale} ground="surface" />
      )}
      <SectionHeader level="staff" title="Versions" note="A result is never edited: a new version supersedes it." />
      <AttemptVersions versions={attempt.results} timeZone={timeZone} />
      {newest?.output.scheme === "ielts-speaking" ? <ProfileAdvice output={newest.output} /> : null}
      {newest?.range ? (
        <>
          <SectionHeader level="staff" title="Score range" note="One standard error, frozen with the result." />
          <ScoreRangeTable range={newest.range} summary={newest.summary} scheme={newest.output.scheme} />
        </>
      ) : null}
      <SectionHeader
        level="staff"
        title="Scripts and ratings"
        note={`${settled} of ${attempt.scripts.length} settled`}
      />
      <AttemptScripts scripts={attempt.scripts} timeZone={timeZone} />
      {newest?.output.scheme !== "ielp" ? null : (
        <div className="pt-8">
          <WhyThisBand trace={newest.output.trace} ground="surface" />
        </div>
      )}
    </StaffPage>
  );
}
