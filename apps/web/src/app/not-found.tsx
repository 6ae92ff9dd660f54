import type { Metadata } from "next";
import { LinkButton } from "@/ui/link-button.tsx";
import { PublicShell } from "@/ui/public-shell.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFoundPage() {
  return (
    <PublicShell>
      <main className="page-narrow pt-16!">
        <p className="text-ink-3 tabular-nums">404</p>
        <h1>This page is not here</h1>
        <p className="measure mt-2 text-ink-2">
          The address may be mistyped, or the page may not be open to you. If somebody sent you the link, ask them for a
          new one.
        </p>
        <div className="mt-6 flex flex-wrap gap-2">
          <LinkButton href="/" variant="primary">
            To the start page
          </LinkButton>
          <LinkButton href="/help">Help</LinkButton>
        </div>
      </main>
    </PublicShell>
  );
}
