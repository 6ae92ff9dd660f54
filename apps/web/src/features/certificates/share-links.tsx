import type { CertificateView } from "@bandwise/core/certificates/rules";
import type { HeldShareLink } from "@bandwise/core/certificates/share-queries";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { formatDate } from "@/ui/format.ts";
import { withdrawShareLinkAction } from "./actions.ts";
import { CopyLink } from "./copy-link.tsx";
import { ShareDialog } from "./share-dialog.tsx";
import { purposeTitles } from "./words.ts";

/** Whom the holder shows this certificate to, and how often each link was opened. */
export function ShareLinks({
  certificateId,
  parts,
  links,
  publicUrl,
  usable,
}: {
  certificateId: string;
  parts: CertificateView["parts"];
  links: readonly HeldShareLink[];
  publicUrl: string;
  usable: boolean;
}) {
  if (!usable && links.length === 0) return null;
  return (
    <section aria-label="Share links">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-h3">Share links</h3>
        {usable ? <ShareDialog certificateId={certificateId} parts={parts} /> : null}
      </div>
      {links.length === 0 ? (
        <p className="mt-1 text-ui text-ink-2">
          A link of its own for a university or an employer: with the scores you choose, until the day you choose. You
          can withdraw it at any time.
        </p>
      ) : (
        <ul className="mt-2 border-t border-line">
          {links.map((link) => (
            <li key={link.id} className="grid gap-2 border-b border-line py-3">
              <p>
                <b className="break-words">{link.recipient}</b>
                <span className="block text-ink-2">
                  {purposeTitles[link.purpose]}: {link.scores.join(", ")}
                </span>
              </p>
              <p className="text-ui text-ink-2">{standing(link)}</p>
              {link.open ? (
                <div className="flex flex-wrap gap-2">
                  <CopyLink url={`${publicUrl}/share/${link.token}`} />
                  <ConfirmDialog
                    triggerLabel="Withdraw"
                    triggerVariant="quiet"
                    title="Withdraw this link?"
                    consequence={`${link.recipient} sees nothing any more. The certificate itself stays as it is.`}
                    confirmLabel="Withdraw"
                    cancelLabel="Keep it"
                    tone="danger"
                    action={withdrawShareLinkAction}
                  >
                    <input type="hidden" name="linkId" value={link.id} />
                  </ConfirmDialog>
                </div>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function standing({ open, withdrawnAt, expiresAt, views, lastViewedAt }: HeldShareLink): string {
  const seen =
    views === 0
      ? "Not opened yet."
      : `Opened ${views === 1 ? "once" : views === 2 ? "twice" : `${views} times`}, last on ${formatDate(lastViewedAt ?? expiresAt, "UTC")}.`;
  if (withdrawnAt) return `Withdrawn on ${formatDate(withdrawnAt, "UTC")}. ${seen}`;
  return `${open ? "Open until" : "Ended on"} ${formatDate(expiresAt, "UTC")}. ${seen}`;
}
