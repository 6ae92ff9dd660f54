"use client";

import { Button } from "../../ui/button.tsx";
import { CountdownText } from "../../ui/countdown-text.tsx";
import { sectionLength } from "../bookings/words.ts";
import { QuietScreen } from "./quiet-screens.tsx";
import type { ViewProps } from "./section-view.tsx";
import { sectionWords } from "./words.ts";

/** What comes next, before its clock runs. After the pause it opens by itself, on the server too. */
export function BetweenSections({ session, snapshot }: ViewProps) {
  const { sections, opensAt } = snapshot.exam;
  const next = sections.find((section) => section.status === "not_open");
  if (!next) return <QuietScreen title="One moment">Your exam is being handed in.</QuietScreen>;
  const words = sectionWords[next.skill];
  return (
    <QuietScreen title={words.name}>
      <p className="text-ink-2">
        Section {next.position} of {sections.length} · {next.items} {words.many} · {sectionLength(next.seconds)}
      </p>
      <ul className="mt-6 grid list-disc gap-2.5 pl-6">
        {words.before.map((line) => (
          <li key={line}>{line}</li>
        ))}
        {next.someUnscored ? <li>Some tasks are being tried out and do not count. Treat all alike.</li> : null}
      </ul>
      {snapshot.problem ? (
        <p role="alert" className="mt-4 text-warn">
          {snapshot.problem}
        </p>
      ) : null}
      <div className="mt-8 flex flex-wrap items-center gap-x-6 gap-y-3">
        <Button variant="primary" size="lg" busy={snapshot.busy} onClick={() => void session.beginSection(next.id)}>
          Begin {words.name}
        </Button>
        {opensAt !== null ? (
          <span className="text-body text-ink-2">
            It begins by itself in{" "}
            <CountdownText
              // Anew where the server has moved it: what an outage of ours took of the pause is given back.
              key={opensAt}
              endsAt={opensAt}
              serverNow={snapshot.serverNow}
              suffix=""
              announce={false}
              onEnd={() => void session.beginWhenDue(next.id)}
            />
          </span>
        ) : null}
      </div>
    </QuietScreen>
  );
}
