"use client";

import type { MyAttempt } from "@bandwise/core/delivery/candidate-queries";
import { useState } from "react";
import { Button } from "@/ui/button.tsx";
import { formatTime } from "@/ui/format.ts";
import { sectionLength } from "../bookings/words.ts";
import { ApiError, examApi } from "../exam/client/api.ts";
import { AnswerStore } from "../exam/client/store.ts";
import { sectionWords } from "../exam/words.ts";

const several = "Sections come in this order. Each has its own clock, kept by the server.";
const single = "The clock is kept by the server.";

/** What to expect, and the button that begins it. */
export function LobbyPlan({ attempt, ready }: { attempt: MyAttempt; ready: boolean }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { sections } = attempt.plan;
  const [first] = sections;
  const opensAt = formatTime(attempt.sitting.startsAt, attempt.sitting.centre.timeZone);
  const open = attempt.now >= attempt.sitting.startsAt;
  const begin = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const store = await AnswerStore.open(attempt.id);
      await examApi(attempt.id).start(store.clientId);
      location.assign(`/exam/${attempt.id}`);
    } catch (error) {
      setBusy(false);
      setProblem(
        error instanceof ApiError ? error.message : "This browser does not let us keep your answers safe on it.",
      );
    }
  };
  return (
    <aside className="border-line px-4 py-8 wide:px-12 wide:py-10 desk:border-l" aria-label="What to expect">
      <h2 className="mb-4 text-h2">What to expect</h2>
      <table className="w-full tabular-nums">
        <caption className="sr-only">Sections and their times</caption>
        <tbody>
          {sections.map((section) => (
            <tr key={section.skill} className="border-b border-line">
              <th scope="row" className="py-3 text-left font-medium">
                {sectionWords[section.skill].name}
              </th>
              <td className="py-3 text-right text-ink-3">
                {section.items} {sectionWords[section.skill].many}
              </td>
              <td className="py-3 pl-4 text-right whitespace-nowrap">{sectionLength(section.seconds)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row" className="py-3 text-left font-semibold">
              In all
            </th>
            <td />
            <td className="py-3 pl-4 text-right font-semibold whitespace-nowrap">
              {sectionLength(sections.reduce((sum, section) => sum + section.seconds, 0))}
            </td>
          </tr>
        </tbody>
      </table>
      {attempt.extraTimePercent > 0 ? (
        <p className="mt-2 text-ui text-ink-2">Your extra time of {attempt.extraTimePercent} % is included.</p>
      ) : null}
      <ul className="mt-5 mb-6 grid list-disc gap-2.5 pl-5 text-ink-2">
        <li>{sections.length > 1 ? several : single}</li>
        <li>If the connection drops, keep working: your answers are kept on this computer and sent when it returns.</li>
        {sections.some(({ someUnscored }) => someUnscored) ? (
          <li>Some tasks may not count: they are being tried out. You cannot tell which, so treat all alike.</li>
        ) : null}
      </ul>
      <Button
        variant="primary"
        size="lg"
        className="w-full"
        busy={busy}
        disabled={!ready || !open}
        onClick={() => void begin()}
      >
        Begin {first ? sectionWords[first.skill].name : "the exam"}
      </Button>
      <p className="mt-2.5 text-ui text-ink-3">
        {!open
          ? `Opens at ${opensAt}, when the steps are done.`
          : ready
            ? "The clock starts at once."
            : "When the steps are done."}
      </p>
      {problem ? (
        <p role="alert" className="mt-3 text-bad">
          {problem}
        </p>
      ) : null}
    </aside>
  );
}
