import { listSubjectHistory } from "@bandwise/core/audit/queries";
import { getCertificate } from "@bandwise/core/certificates/queries";
import { Download, ExternalLink } from "lucide-react";
import type { Metadata } from "next";
import { requestReissueAction, requestRevocationAction } from "@/features/certificates/actions.ts";
import { Notes, OverallRuler, PartScores } from "@/features/certificates/bands.tsx";
import { CertificateBadge } from "@/features/certificates/status.tsx";
import { dayWords } from "@/features/certificates/words.ts";
import { SubjectHistory } from "@/features/people/subject-history.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";
import { buttonLook } from "@/ui/button.tsx";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { DefinitionList } from "@/ui/definition-list.tsx";
import { formatDate, formatDateTime } from "@/ui/format.ts";
import { LinkButton, TextLink } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { TextArea } from "@/ui/text-area.tsx";

export const metadata: Metadata = { title: "Certificate" };

export default async function CertificatePage({ params }: { params: Promise<{ certificateId: string }> }) {
  const { certificateId } = await params;
  const context = await requirePage("certificate:manage");
  const certificate = await forPage(getCertificate(context, { certificateId }));
  const history = await listSubjectHistory(context, { subjectType: "certificate", subjectId: certificateId });
  const { facts, attempt } = certificate;
  const zone = context.person.timeZone;
  const mayAsk =
    (certificate.status === "valid" || certificate.status === "expired") &&
    certificate.revocation === null &&
    certificate.candidateId !== context.person.id;
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title={facts.name}
        note={<CertificateBadge status={certificate.status} />}
        actions={
          <>
            <LinkButton href={`/verify/${certificate.code}`} icon={<ExternalLink aria-hidden="true" />}>
              Public page
            </LinkButton>
            {certificate.pdfReady ? (
              <a
                href={`/api/certificates/${certificateId}/pdf`}
                {...buttonLook({})}
                className="btn"
                download={`certificate-${certificate.code}.pdf`}
              >
                <Download aria-hidden="true" />
                PDF
              </a>
            ) : null}
            {mayAsk && certificate.status === "valid" && certificate.reissue === null ? (
              <AskForReissue certificateId={certificateId} name={facts.name} />
            ) : null}
            {mayAsk ? <AskForRevocation certificateId={certificateId} name={facts.name} /> : null}
          </>
        }
      />
      <div className="grid gap-3 empty:hidden">
        {certificate.intact ? null : (
          <Notice tone="bad" title="The record does not match its seal">
            The facts below differ from those that were issued. The public page no longer confirms this certificate.
          </Notice>
        )}
        {certificate.revocation ? (
          <Notice
            tone="warn"
            title="Revocation asked for"
            action={<TextLink href="/admin/approvals">To the approvals</TextLink>}
          >
            {certificate.revocation.requestedByName} asked on {formatDateTime(certificate.revocation.requestedAt, zone)}
            : “{certificate.revocation.reason}” Until a second admin approves, the certificate stands.
          </Notice>
        ) : null}
        {certificate.reissue ? (
          <Notice
            tone="warn"
            title="A new certificate is asked for"
            action={<TextLink href="/admin/approvals">To the approvals</TextLink>}
          >
            {certificate.reissue.requestedByName} asked on {formatDateTime(certificate.reissue.requestedAt, zone)}: “
            {certificate.reissue.reason}” Until a second admin approves, this one stands.
          </Notice>
        ) : null}
        {certificate.status === "revoked" ? (
          <Notice
            tone="bad"
            title={`Revoked${certificate.revokedAt ? ` on ${formatDate(certificate.revokedAt, "UTC")}` : ""}`}
          >
            {certificate.revokedReason}
          </Notice>
        ) : null}
      </div>
      <div className="grid gap-x-12 gap-y-2 desk:grid-cols-[minmax(0,1fr)_24rem]">
        <section>
          <SectionHeader level="staff" title="What it shows" />
          <div className="border-t border-line pt-3">
            <OverallRuler view={certificate.view} ground="surface" />
            <PartScores parts={certificate.view.parts} />
            <Notes notes={certificate.view.notes} />
          </div>
          <SectionHeader level="staff" title="History" />
          <SubjectHistory entries={history} timeZone={zone} />
        </section>
        <section>
          <SectionHeader level="staff" title="Facts" />
          <DefinitionList
            dense
            className="border-t border-line pt-2"
            items={[
              { term: "Code", detail: <span className="font-code">{certificate.code}</span> },
              {
                term: "Attempt",
                detail: <TextLink href={`/admin/results/${attempt.id}`}>{attempt.reference}</TextLink>,
              },
              { term: "Result", detail: `Version ${certificate.result.version}` },
              { term: "Examination", detail: facts.examination },
              { term: "Awarding body", detail: facts.awardingBody },
              { term: "Sat on", detail: dayWords(facts.testedOn) },
              { term: "Issued", detail: dayWords(facts.issuedOn) },
              { term: "Valid until", detail: dayWords(facts.validUntil) },
              {
                term: "Public page",
                detail: certificate.statusOnly ? "shows the status only" : "shows name and bands",
              },
              ...(certificate.supersededBy
                ? [
                    {
                      term: "Replaced by",
                      detail: (
                        <TextLink href={`/admin/certificates/${certificate.supersededBy.id}`} className="font-code">
                          {certificate.supersededBy.code}
                        </TextLink>
                      ),
                    },
                  ]
                : []),
              { term: "Seal", detail: <Hash>{certificate.factsHash}</Hash> },
              {
                term: "Document",
                detail: certificate.pdfSha256 === null ? "being made" : <Hash>{certificate.pdfSha256}</Hash>,
              },
            ]}
          />
        </section>
      </div>
    </StaffPage>
  );
}

function Hash({ children }: { children: string }) {
  return <span className="font-code text-small break-all text-ink-3">{children}</span>;
}

function AskForReissue({ certificateId, name }: { certificateId: string; name: string }) {
  return (
    <ConfirmDialog
      triggerLabel="Issue anew"
      title={`Ask to issue the certificate of ${name} anew?`}
      consequence="For a name that was wrong: correct it on the account first. When a second admin has approved, a new certificate with the name of the account, the same bands and the same last day replaces this one; the holder and those it was shared with are told by mail."
      confirmLabel="Ask a second admin"
      action={requestReissueAction}
    >
      <input type="hidden" name="certificateId" value={certificateId} />
      <TextArea label="Reason" name="reason" required minLength={10} maxLength={300} rows={3} />
    </ConfirmDialog>
  );
}

function AskForRevocation({ certificateId, name }: { certificateId: string; name: string }) {
  return (
    <ConfirmDialog
      triggerLabel="Revoke"
      triggerVariant="danger"
      title={`Ask to revoke the certificate of ${name}?`}
      consequence="Nothing changes until a second admin approves. Then the public page says “revoked” with your reason, name and bands disappear from it, and the holder is told by mail. This cannot be undone."
      confirmLabel="Ask a second admin"
      tone="danger"
      action={requestRevocationAction}
    >
      <input type="hidden" name="certificateId" value={certificateId} />
      <TextArea
        label="Reason"
        name="reason"
        description="Shown to everyone who checks the certificate: no names, nothing private."
        required
        minLength={10}
        maxLength={300}
        rows={3}
      />
    </ConfirmDialog>
  );
}
