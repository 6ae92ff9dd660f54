import type { Metadata } from "next";
import type { ReactNode } from "react";
import { TextLink } from "@/ui/link-button.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { PublicShell } from "@/ui/public-shell.tsx";

export const metadata: Metadata = { title: "Help" };

export default function HelpPage() {
  return (
    <PublicShell footer>
      <main className="page-narrow">
        <PageHeader title="Help" note="Short answers, before, during and after the examination." />
        <h2 className="mt-2 pb-2">Before</h2>
        <Question title="What do I need?">
          A computer with a microphone and headphones, a current browser, and a quiet room. The lobby checks sound,
          microphone and browser with you before anything counts.
        </Question>
        <Question title="How long does it take?">
          Reading and listening 25 minutes each, writing and speaking 20 minutes each. You see the time left all along.
          Extra time that was granted to you is already in it.
        </Question>
        <Question title="The microphone is not found">
          Allow it in the browser: there is a small sign beside the address. Close other programs that use it, such as
          calls. Then try again in the lobby.
        </Question>
        <Question title="Can I change or cancel my place?">
          Yes, until the day that stands beside your booking.
        </Question>
        <h2 className="mt-8 pb-2">During</h2>
        <Question title="The page says “Offline: kept here”">
          Your answers are safe in this browser. Go on; they are sent as soon as the connection is back. Do not clear
          the browser’s data.
        </Question>
        <Question title="The page was closed, or the computer stopped">
          Sign in again, on another computer if need be, and open the examination. You go on at the same place with
          everything you saved. The clock does not stop meanwhile.
        </Question>
        <Question title="Can I go back to an earlier question?">
          Within a section as often as you like. A section that has ended stays closed.
        </Question>
        <Question title="Which keys can I use?">
          Everything works without a mouse. The keys stand beside the question, and ? shows all of them.
        </Question>
        <h2 className="mt-8 pb-2">After</h2>
        <Question title="When is my result there?">
          Texts and recordings are marked by examiners; then the result is released and you get an e-mail.
        </Question>
        <Question title="Why is my band what it is?">
          Your result has a part named “Why this band”. It shows each step from your answers to the band.
        </Question>
        <Question title="How does somebody check my certificate?">
          With its code on <TextLink href="/verify">the checking page</TextLink>, or with the square on paper. No
          account is needed.
        </Question>
        <Question title="A page shows a reference">
          Something went wrong on our side. Tell the body that runs your examination the reference: it leads to the
          entry in the log, and holds nothing about you.
        </Question>
      </main>
    </PublicShell>
  );
}

function Question({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="group border-t border-line">
      <summary className="flex min-h-12 cursor-pointer list-none items-center justify-between gap-4 font-medium [&::-webkit-details-marker]:hidden">
        {title}
        <span className="text-h2 font-normal text-ink-3 group-open:rotate-45" aria-hidden="true">
          +
        </span>
      </summary>
      <p className="measure pb-4 text-ink-2">{children}</p>
    </details>
  );
}
