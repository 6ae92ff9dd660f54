import type { CertificateSummary } from "@bandwise/core/certificates/queries";
import type { HeldShareLink } from "@bandwise/core/certificates/share-queries";
import { Download, QrCode as QrIcon } from "lucide-react";
import { encode } from "uqr";
import { buttonLook } from "@/ui/button.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { formatDate } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { PressButton } from "@/ui/press-button.tsx";
import { QrCode } from "@/ui/qr-code.tsx";
import { OverallRuler } from "./bands.tsx";
import { CopyLink } from "./copy-link.tsx";
import { NameOnBadgeSwitch } from "./name-on-badge-switch.tsx";
import { ShareLinks } from "./share-links.tsx";
import { CertificateBadge } from "./status.tsx";
import { StatusOnlySwitch } from "./status-only-switch.tsx";
import { bareAddress, dayWords, scoreWords } from "./words.ts";

/** One certificate as its holder sees it, with what can be done with it. */
export function HeldCertificate({
  certificate,
  links,
  publicUrl,
}: {
  certificate: CertificateSummary;
  links: readonly HeldShareLink[];
  publicUrl: string;
}) {
  const { id, code, status, view } = certificate;
  const url = `${publicUrl}/verify/${code}`;
  const usable = status === "valid" || status === "expired";
  const titleId = `certificate-${id}`;
  return (
    <article
      className="rule-top grid gap-x-16 gap-y-6 pt-5 pb-10 desk:grid-cols-[minmax(0,1fr)_22rem]"
      aria-labelledby={titleId}
    >
      <div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <h2 id={titleId}>{scoreWords(view)}</h2>
          <CertificateBadge status={status} />
        </div>
        <p className="text-ink-2">
          {certificate.examination}. Sat on {dayWords(certificate.testedOn)}. {validity(certificate)}
        </p>
        {usable ? (
          <div className="mt-3">
            <OverallRuler view={view} />
          </div>
        ) : null}
        <p className="mt-3 flex flex-wrap gap-x-4 text-ink-2">
          <span className="font-code">{code}</span>
          {certificate.name}
        </p>
      </div>
      <div className="grid content-start gap-5">
        <div className="flex flex-wrap gap-2">
          {certificate.pdfReady && usable ? (
            <a
              href={`/api/certificates/${id}/pdf`}
              {...buttonLook({ variant: "primary" })}
              className="btn hit"
              download={`certificate-${code}.pdf`}
            >
              <Download aria-hidden="true" />
              PDF
            </a>
          ) : null}
          {usable ? (
            <>
              <CopyLink url={url} />
              <Dialog
                title="Point a camera at it"
                size="sm"
                trigger={
                  <PressButton icon={<QrIcon aria-hidden="true" />} className="hit">
                    QR
                  </PressButton>
                }
              >
                <QrCode
                  matrix={encode(url, { ecc: "M", border: 0 }).data}
                  label="QR code that opens the page where this certificate is checked"
                  className="mx-auto w-full max-w-72"
                />
                <p className="text-center break-all text-ink-2">{bareAddress(url)}</p>
              </Dialog>
            </>
          ) : null}
        </div>
        {certificate.pdfReady || !usable ? null : (
          <Notice tone="plain">The document is being made. Reload in a moment to download it.</Notice>
        )}
        {certificate.badgeReady && usable ? (
          <p className="text-ui text-ink-2">
            As a digital badge (Open Badges 3.0), {certificate.nameOnBadge ? "with" : "without"} your name:{" "}
            <a href={`/api/certificates/${id}/badge/json`} className="link hit-line" download={`badge-${code}.json`}>
              signed JSON
            </a>{" "}
            or{" "}
            <a href={`/api/certificates/${id}/badge/jwt`} className="link hit-line" download={`badge-${code}.jwt`}>
              JWT
            </a>
          </p>
        ) : null}
        {certificate.badgeReady && usable ? (
          <NameOnBadgeSwitch certificateId={id} named={certificate.nameOnBadge} />
        ) : null}
        <ShareLinks certificateId={id} parts={view.parts} links={links} publicUrl={publicUrl} usable={usable} />
        {usable ? <StatusOnlySwitch certificateId={id} statusOnly={certificate.statusOnly} /> : null}
        <p>
          <TextLink href={`/verify/${code}`} className="hit-line">
            What others see
          </TextLink>
        </p>
      </div>
    </article>
  );
}

function validity({ status, validUntil, revokedAt, revokedReason }: CertificateSummary): string {
  const until = formatDate(validUntil, "UTC");
  switch (status) {
    case "valid":
      return `Valid until ${until}.`;
    case "expired":
      return `It was valid until ${until}; the result stays genuine.`;
    case "revoked":
      return `Revoked${revokedAt ? ` on ${formatDate(revokedAt, "UTC")}` : ""}: ${revokedReason ?? "no reason given"}`;
    case "superseded":
      return "A newer certificate has replaced it.";
  }
}
