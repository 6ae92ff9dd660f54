import { countShareView } from "@bandwise/core/certificates/share-commands";
import { getSharedCertificate, type SharedCertificate } from "@bandwise/core/certificates/share-queries";
import { AppError } from "@bandwise/core/kernel/errors";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { Notes, OverallRuler, OverallScore, PartScores } from "@/features/certificates/bands.tsx";
import { Verdict } from "@/features/certificates/verdict.tsx";
import { dayWords, purposeTitles } from "@/features/certificates/words.ts";
import { clientAddress } from "@/lib/client-address.ts";
import { requestContext } from "@/lib/context.ts";
import { getRateLimits } from "@/lib/services.ts";
import { DefinitionList } from "@/ui/definition-list.tsx";
import { ErrorPanel } from "@/ui/error-panel.tsx";
import { formatDate } from "@/ui/format.ts";
import { PublicShell } from "@/ui/public-shell.tsx";

export const metadata: Metadata = {
  title: "Shared certificate",
  robots: { index: false, follow: false, noarchive: true, nosnippet: true },
  // The address is the key: it must not travel on to other sites.
  referrer: "no-referrer",
};

export default async function SharedCertificatePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const context = await requestContext();
  const address = clientAddress(await headers());
  try {
    await getRateLimits().take("shareLink", address);
  } catch (error) {
    if (!(error instanceof AppError && error.code === "RATE_LIMITED")) throw error;
    return (
      <PublicShell footer>
        <main className="page-narrow">
          <ErrorPanel title="Too many pages from here">{error.userMessage}</ErrorPanel>
        </main>
      </PublicShell>
    );
  }
  const asked = { token: token.slice(0, 100) };
  const shared = await getSharedCertificate(context, asked);
  await countShareView(context, asked);
  return (
    <PublicShell footer>
      {shared.kind === "shown" ? <Shown shared={shared} /> : <NotShown shared={shared} />}
    </PublicShell>
  );
}

function NotShown({ shared }: { shared: Exclude<SharedCertificate, { kind: "shown" }> }) {
  return (
    <main className="page-narrow">
      {shared.kind === "unknown" ? (
        <ErrorPanel title="This link shows nothing">
          It may be incomplete. Copy it again from the message you were sent, or ask the holder for a new one.
        </ErrorPanel>
      ) : (
        <ErrorPanel title={shared.withdrawn ? "The holder has withdrawn this link" : "This link has ended"}>
          Since {formatDate(shared.endedAt, "UTC")} it shows nothing. Ask the holder for a new one. A certificate in
          your hands can be checked by the code on it.
        </ErrorPanel>
      )}
    </main>
  );
}

function Shown({ shared }: { shared: Extract<SharedCertificate, { kind: "shown" }> }) {
  const { shown } = shared;
  return (
    <main className="page max-w-[68rem]! wide:pt-9!">
      <Verdict answer={shared.verification} />
      <div className="rule-top mt-7 pt-6">
        {shown ? (
          <section aria-labelledby="shared-title">
            <h2 id="shared-title" className="text-h3">
              What the holder shows you
            </h2>
            <p className="mt-2 font-read text-[2.125rem] leading-[2.75rem] tracking-[-0.012em] break-words">
              {shown.name}
            </p>
            {shown.overall ? (
              <>
                <OverallScore view={{ ...shown, overall: shown.overall }} />
                <OverallRuler view={{ ...shown, overall: shown.overall }} />
                <p className="measure mt-2 mb-5 text-ink-2">{shown.overall.meaning}</p>
              </>
            ) : null}
            {shown.parts.length > 0 ? <PartScores parts={shown.parts} /> : null}
            <Notes notes={shown.notes} />
            <DefinitionList
              className="mt-2"
              items={[
                { term: "Examination", detail: shown.examination },
                { term: "Sat on", detail: dayWords(shown.testedOn) },
                { term: "Issued", detail: dayWords(shown.issuedOn) },
                { term: "Valid until", detail: dayWords(shown.validUntil) },
              ]}
            />
          </section>
        ) : null}
        <DefinitionList
          className="mt-2"
          items={[
            ...(shared.recipient === "" ? [] : [{ term: "Shared with", detail: shared.recipient }]),
            { term: "Purpose", detail: purposeTitles[shared.purpose] },
            { term: "This link ends", detail: formatDate(shared.expiresAt, "UTC") },
          ]}
        />
        <p className="mt-4 text-ui text-ink-2">
          The holder chose what this page shows and sees how often it was opened, not by whom.
        </p>
      </div>
    </main>
  );
}
