import { normaliseCode } from "@bandwise/core/certificates/rules";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CodeForm } from "@/features/certificates/code-form.tsx";
import { FileUploadCheck } from "@/features/certificates/file-upload-check.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { PublicShell } from "@/ui/public-shell.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = {
  title: "Check a certificate",
  description: "Type the code of a certificate and see whether it is valid, expired, replaced or withdrawn.",
};

/** Asks for the code; what was typed leads on to its own page. */
export default async function VerifyPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const typed = firstParam((await searchParams).code)?.slice(0, 300);
  const code = typed === undefined ? "" : normaliseCode(typed);
  if (code !== "") redirect(`/verify/${code}`);
  return (
    <PublicShell footer>
      <main className="page">
        <PageHeader
          title="Check a certificate"
          note="Anyone may check one. You need no account, and see only what the certificate itself shows."
        />
        <div className="grid gap-x-16 gap-y-10 wide:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="rule-top pt-6">
            <CodeForm />
            <p className="mt-3 max-w-[34rem] text-ui text-ink-2">
              Capitals, spaces and hyphens do not matter. You may also paste the whole address.
            </p>
            <section aria-labelledby="file-title" className="mt-10">
              <h2 id="file-title" className="pb-2 text-h3">
                Or check a file you were sent
              </h2>
              <FileUploadCheck />
            </section>
          </div>
          <section aria-labelledby="where-title" className="rule-top pt-6">
            <h2 id="where-title" className="pb-2 text-h3">
              Where the code is
            </h2>
            <WhereTheCodeIs />
            <p className="mt-3 text-ink-2">
              At the bottom left of the certificate, beside the square: four groups of four letters and numbers. A
              phone’s camera pointed at the square opens the same page.
            </p>
          </section>
        </div>
      </main>
    </PublicShell>
  );
}

/** The certificate in outline, the place of the code marked. */
function WhereTheCodeIs() {
  return (
    <svg
      viewBox="0 0 297 210"
      className="w-full max-w-[19rem] text-line-strong"
      role="img"
      aria-label="A certificate in outline. The square and the code stand at the bottom left."
    >
      <rect x="1" y="1" width="295" height="208" className="fill-surface" stroke="currentColor" strokeWidth="1.5" />
      <g stroke="currentColor" strokeWidth="1.5" opacity="0.55">
        <path d="M20 30h80M236 30h40M20 40h256M20 60h50M20 78h120M20 96h110" />
        <path d="M20 122h42M100 132h176" strokeWidth="9" />
        <path d="M20 150h256" />
      </g>
      <g className="text-accent" fill="currentColor">
        <path d="M20 168h30v30h-30zM24 172v8h8v-8zM38 172v8h8v-8zM24 186v8h8v-8z" fillRule="evenodd" />
        <path d="M57 190h62v6h-62z" />
        <rect x="12" y="160" width="116" height="44" rx="4" fill="none" stroke="currentColor" strokeWidth="2.5" />
      </g>
    </svg>
  );
}
