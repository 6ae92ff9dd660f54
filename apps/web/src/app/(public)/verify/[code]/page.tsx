import { viewOf } from "@bandwise/core/certificates/rules";
import { getVerification, type Verification } from "@bandwise/core/certificates/verification-queries";
import { AppError } from "@bandwise/core/kernel/errors";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { Notes, OverallRuler, OverallScore, PartScores } from "@/features/certificates/bands.tsx";
import { CodeForm } from "@/features/certificates/code-form.tsx";
import { Comparison } from "@/features/certificates/comparison.tsx";
import { Verdict } from "@/features/certificates/verdict.tsx";
import { bareAddress, dayWords } from "@/features/certificates/words.ts";
import { clientAddress } from "@/lib/client-address.ts";
import { requestContext } from "@/lib/context.ts";
import { getRateLimits } from "@/lib/services.ts";
import { DefinitionList } from "@/ui/definition-list.tsx";
import { ErrorPanel } from "@/ui/error-panel.tsx";
import { formatDate } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { PublicShell } from "@/ui/public-shell.tsx";

export const metadata: Metadata = {
  title: "Certificate verification",
  // Whoever holds the code may look; nobody shall find it by searching.
  robots: { index: false, follow: false, noarchive: true, nosnippet: true },
};

export default async function VerificationPage({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  const context = await requestContext();
  const address = clientAddress(await headers());
  const answer = await check(address, () => getVerification(context, { code: code.slice(0, 300) }));
  if (typeof answer === "string") {
    return (
      <PublicShell footer>
        <main className="page-narrow">
          <ErrorPanel title="Too many checks from here">
            {answer} Certificates are checked a great many at a time only by programs.
          </ErrorPanel>
        </main>
      </PublicShell>
    );
  }
  return (
    <PublicShell footer>
      <main className="page max-w-[68rem]! wide:pt-9!">
        <Verdict answer={answer} />
        <div className="rule-top mt-7 pt-6">
          <Details answer={answer} host={bareAddress(context.settings.publicUrl)} />
        </div>
      </main>
    </PublicShell>
  );
}

/** The answer, or what to say to an address that asks far more often than people do. */
async function check(address: string, ask: () => Promise<Verification>): Promise<Verification | string> {
  try {
    await getRateLimits().take("verifyCertificate", address);
  } catch (error) {
    if (error instanceof AppError && error.code === "RATE_LIMITED") return error.userMessage;
    throw error;
  }
  return ask();
}

function Details({ answer, host }: { answer: Verification; host: string }) {
  switch (answer.kind) {
    case "valid":
    case "expired":
      return <Shown answer={answer} host={host} />;
    case "superseded":
      return (
        <DefinitionList
          items={[
            ...(answer.holder === null ? [] : [{ term: "Holder", detail: answer.holder }]),
            { term: "Replaced on", detail: formatDate(answer.replacedAt, "UTC") },
            { term: "Scores", detail: "not shown: they no longer apply" },
            { term: "Code", detail: <Code>{answer.code}</Code> },
            {
              term: "New code",
              detail: (
                <>
                  ends in <Code>{answer.replacementEndsIn}</Code>; its holder can tell you all of it
                </>
              ),
            },
          ]}
        />
      );
    case "revoked":
      return (
        <>
          <DefinitionList
            items={[
              { term: "Revoked on", detail: formatDate(answer.revokedAt, "UTC") },
              { term: "Reason", detail: answer.reason === "" ? "not stated" : answer.reason },
              { term: "Name and scores", detail: "not shown" },
              { term: "Code", detail: <Code>{answer.code}</Code> },
            ]}
          />
          <AskTheBody>Ask the awarding body about this certificate</AskTheBody>
        </>
      );
    case "damaged":
      return (
        <>
          <DefinitionList
            items={[
              { term: "Name and scores", detail: "not shown" },
              { term: "Code", detail: <Code>{answer.code}</Code> },
            ]}
          />
          <AskTheBody>Tell the awarding body about this certificate</AskTheBody>
        </>
      );
    case "unknown":
      return (
        <>
          <CodeForm defaultValue={answer.code} submitLabel="Check again" />
          <p className="mt-4 max-w-[34rem] text-ink-2">
            Compare it with the paper letter by letter. If it is right, the document was not issued here.
          </p>
        </>
      );
  }
}

function Shown({ answer, host }: { answer: Extract<Verification, { kind: "valid" | "expired" }>; host: string }) {
  const { facts, code } = answer;
  const view = facts && viewOf(facts);
  return (
    <div className="grid gap-x-16 gap-y-10 desk:grid-cols-[minmax(0,1fr)_25rem]">
      <section aria-labelledby="shows-title">
        <h2 id="shows-title" className="text-h3">
          What the certificate shows
        </h2>
        {facts === null || view === null ? (
          <>
            <p className="measure mt-2 mb-4 text-ink-2">
              The holder lets this page show the status alone. Name and scores stand on the document itself: compare the
              code below with it.
            </p>
            <DefinitionList
              items={[
                { term: "Awarding body", detail: answer.awardingBody },
                { term: "Valid until", detail: formatDate(answer.validUntil, "UTC") },
                { term: "Code", detail: <Code>{code}</Code> },
              ]}
            />
          </>
        ) : (
          <>
            <p className="mt-2 font-read text-[2.125rem] leading-[2.75rem] tracking-[-0.012em] break-words">
              {facts.name}
            </p>
            <OverallScore view={view} />
            <OverallRuler view={view} />
            <p className="measure mt-2 mb-5 text-ink-2">{facts.overall.meaning}</p>
            <PartScores parts={view.parts} />
            <Notes notes={view.notes} />
            <DefinitionList
              className="mt-2"
              items={[
                { term: "Examination", detail: facts.examination },
                { term: "Awarding body", detail: facts.awardingBody },
                { term: "Sat on", detail: dayWords(facts.testedOn) },
                { term: "Issued", detail: dayWords(facts.issuedOn) },
                { term: "Valid until", detail: dayWords(facts.validUntil) },
                { term: "Code", detail: <Code>{code}</Code> },
              ]}
            />
          </>
        )}
      </section>
      <Comparison code={code} view={view} host={host} documentHash={answer.documentHash} />
    </div>
  );
}

function Code({ children }: { children: string }) {
  return <span className="font-code text-[0.95em]">{children}</span>;
}

function AskTheBody({ children }: { children: string }) {
  return (
    <p className="mt-4 print:hidden">
      <TextLink href="/help" className="hit-line">
        {children}
      </TextLink>
    </p>
  );
}
