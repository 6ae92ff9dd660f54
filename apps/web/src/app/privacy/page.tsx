import { listRecipients } from "@bandwise/core/marking/machine-queries";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { requestContext } from "@/lib/context.ts";
import { PageHeader } from "@/ui/page-header.tsx";
import { PublicShell } from "@/ui/public-shell.tsx";

export const metadata: Metadata = { title: "Privacy" };

export default async function PrivacyPage() {
  const { recordings, texts, conversations, questions } = await listRecipients(await requestContext(), {});
  return (
    <PublicShell footer>
      <main className="page-narrow">
        <PageHeader
          title="Privacy"
          note="What is kept about you, why, for how long, and what you can do about it. The body that runs this examination answers for it."
        />
        <Part title="What is kept">
          <li>Your name, e-mail address and time zone, so that a place and a certificate can be yours.</li>
          <li>Your answers, texts and recordings, so that they can be marked and a mark can be looked at again.</li>
          <li>Times of saving and connection, so that you get the time that is due to you.</li>
          <li>
            First language and school only if you give them, to check that the examination treats all groups alike.
            Leave them out without any harm.
          </li>
        </Part>
        <Part title="Recordings">
          <li>
            Your voice is recorded only in a speaking test or an interview, in the sound check before it, and where you
            practise.
          </li>
          <li>You are asked for your consent before the examination begins. Under age, a guardian is asked.</li>
          <li>Examiners hear the recording and read the texts without your name.</li>
        </Part>
        <Part title="Who sees it">
          <li>Staff see what their task needs. Each change to a result is put on record with who made it.</li>
          <li>Others see a result only through your certificate’s code or a link that you share yourself.</li>
          {recordings === null ? null : (
            <li>
              Where a machine rates speaking, recordings are sent, without your name, to {recordings} to be written
              down.
            </li>
          )}
          {texts === null ? null : (
            <li>
              Where a machine rates writing ({texts.programmes.join("; ")}), texts are sent, without your name, to{" "}
              {texts.host}.
            </li>
          )}
          {conversations === null ? null : (
            <li>
              If you agree at check-in, what you say in the conversation of a speaking test (
              {conversations.programmes.join("; ")}) is sent as text, without your name, to {conversations.host}, whose
              language model may ask you back. Its questions are kept with your answer.
            </li>
          )}
          {questions === null ? null : (
            <li>What the partner of a conversation asks you back is sent to {questions} to be spoken.</li>
          )}
          <li>Nothing is sold, and these pages load nothing from elsewhere: no trackers, no foreign fonts.</li>
        </Part>
        <Part title="Checks of a certificate" id="checks">
          <li>
            A check shows what the certificate shows: name, bands, level, dates and status. You may limit it to the
            status alone.
          </li>
          <li>It never shows a date of birth, a photograph or an address.</li>
        </Part>
        <Part title="How long">
          <li>
            Each kind of data has its own period, set by the body that runs the examination; afterwards it is removed by
            itself.
          </li>
          <li>Results stay as long as a certificate may need to be checked.</li>
        </Part>
        <Part title="What you can do">
          <li>Take all your data with you as a file, recordings included. Sign in and open your account.</li>
          <li>
            Ask for erasure there. Personal data then goes from tables, files and mail; you decide whether a certificate
            that you hold is kept or withdrawn.
          </li>
          <li>Ask for a correction of your name with an identity document.</li>
        </Part>
        <Part title="On your device">
          <li>One cookie keeps you signed in; another remembers light or dark colours if you chose one.</li>
          <li>During an examination answers are also kept in your browser until the service has them all.</li>
        </Part>
      </main>
    </PublicShell>
  );
}

function Part({ title, id, children }: { title: string; id?: string; children: ReactNode }) {
  return (
    <section id={id} className="border-t border-line py-5">
      <h2 className="text-h3">{title}</h2>
      <ul className="measure mt-2 grid list-disc gap-1.5 pl-5 text-ink-2 marker:text-ink-3">{children}</ul>
    </section>
  );
}
