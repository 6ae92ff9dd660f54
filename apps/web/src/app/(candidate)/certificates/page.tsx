import { listMyCertificates } from "@bandwise/core/certificates/queries";
import { listShareLinks } from "@bandwise/core/certificates/share-queries";
import { Award } from "lucide-react";
import type { Metadata } from "next";
import { HeldCertificate } from "@/features/certificates/held-certificate.tsx";
import { requirePage } from "@/lib/guards.ts";
import { EmptyState } from "@/ui/empty-state.tsx";
import { LinkButton } from "@/ui/link-button.tsx";
import { PageHeader } from "@/ui/page-header.tsx";

export const metadata: Metadata = { title: "Certificates" };

export default async function CertificatesPage() {
  const context = await requirePage("certificate:own");
  const certificates = await listMyCertificates(context, {});
  const links = await Promise.all(certificates.map(({ id }) => listShareLinks(context, { certificateId: id })));
  return (
    <main className="page">
      <PageHeader
        title="Certificates"
        note="Give the PDF, the link or the code to whoever asks: they check it without an account."
      />
      {certificates.length === 0 ? (
        <div className="rule-top">
          <EmptyState
            title="No certificate yet"
            icon={<Award aria-hidden="true" />}
            action={<LinkButton href="/results">Your results</LinkButton>}
          >
            Each released result brings one, valid for 24 months.
          </EmptyState>
        </div>
      ) : (
        certificates.map((certificate, index) => (
          <HeldCertificate
            key={certificate.id}
            certificate={certificate}
            links={links[index] ?? []}
            publicUrl={context.settings.publicUrl}
          />
        ))
      )}
    </main>
  );
}
