import { listMailbox } from "@bandwise/core/people/mail-queries";
import type { Metadata } from "next";
import { pageLinks } from "@/features/lists/page-links.ts";
import { requestContext } from "@/lib/context.ts";
import { forPage } from "@/lib/guards.ts";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatDateTime } from "@/ui/format.ts";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { PublicShell } from "@/ui/public-shell.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Mailbox" };

/** Where mails land on a machine without SMTP. Exists on the demo alone; elsewhere the query knows no such thing. */
export default async function MailboxPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const context = await requestContext();
  const mails = await forPage(listMailbox(context, { page: firstParam(params.page) ?? 1, pageSize: 20 }));
  const zone = context.person?.timeZone ?? "UTC";
  return (
    <PublicShell>
      <main className="page">
        <PageHeader title="Mailbox" note="Every mail this machine would have sent, newest first." />
        {mails.rows.length === 0 ? (
          <EmptyState title="No mail yet">Invitations, confirmations and results land here.</EmptyState>
        ) : (
          <ol className="grid max-w-200 gap-4">
            {mails.rows.map((mail) => (
              <li key={mail.id} className="min-w-0">
                <article className="rounded-panel border border-line bg-surface p-4 wide:p-6" data-to={mail.to}>
                  <h2 className="text-h3">{mail.subject}</h2>
                  <p className="pb-3 text-ui wrap-anywhere text-ink-3">
                    To {mail.to}, {formatDateTime(mail.sentAt, zone)}
                  </p>
                  <p className="measure wrap-anywhere whitespace-pre-line">
                    <WithLinks text={mail.text} />
                  </p>
                </article>
              </li>
            ))}
          </ol>
        )}
        <Pagination {...pageLinks("/mailbox", params, mails)} />
      </main>
    </PublicShell>
  );
}

function WithLinks({ text }: { text: string }) {
  return text.split(/(https?:\/\/\S+)/).map((part, index) =>
    index % 2 === 1 ? (
      <a key={part} href={part} className="link">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
