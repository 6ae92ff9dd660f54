"use client";

import { Check } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { isAnswered } from "./client/answers.ts";
import { ApiError } from "./client/api.ts";
import { openTake } from "./client/recorder.ts";
import { DialogueTask } from "./dialogue-task.tsx";
import type { Item, ViewProps } from "./section-view.tsx";
import type { SpeakingPlace } from "./speaking-place.ts";
import { SpeakingTask } from "./speaking-task.tsx";
import { useMicrophone } from "./use-microphone.ts";

/** The speaking tasks, one after the other: a task that has been answered is left behind. */
export function SpeakingSection({ session, snapshot, onEnd }: ViewProps & { onEnd: () => void }) {
  const { items } = snapshot.exam;
  const microphone = useMicrophone();
  // The task in hand: the first unanswered one when the page opened, then one further at each Continue.
  const firstOpen = items.findIndex((item) => !isAnswered(snapshot.answers[item.id]?.value));
  const [index, setIndex] = useState(firstOpen < 0 ? items.length - 1 : firstOpen);
  const heading = useRef<HTMLDivElement>(null);
  const item = items[index];
  useEffect(() => heading.current?.focus(), [index]);
  if (item?.skill !== "speaking") return null;
  const { content } = item;
  const last = index === items.length - 1;
  const place: SpeakingPlace = {
    ...placeOfItem({ session, snapshot }, item),
    total: items.length,
    stream: microphone.stream,
    continueWords: last ? "Finish and hand in" : "Continue",
    onContinue: () => (last ? onEnd() : setIndex(index + 1)),
  };
  return (
    <>
      <main className="min-h-0 flex-1 overflow-y-auto desk:overflow-hidden" ref={heading} tabIndex={-1}>
        {microphone.problem ? (
          <div className="mx-auto max-w-[40rem] px-4 py-12">
            <h2 className="mb-3 text-h2 font-semibold">The microphone cannot be used</h2>
            <p role="alert" className="mb-6">
              {microphone.problem}
            </p>
            <Button variant="primary" size="lg" onClick={microphone.ask}>
              Try again
            </Button>
          </div>
        ) : content.kind === "dialogue" ? (
          <DialogueTask key={item.id} content={content} place={place} />
        ) : content.kind === "monologue" ? (
          <SpeakingTask key={item.id} content={content} place={place} />
        ) : null}
      </main>
      <footer className="flex items-center gap-4 border-t border-line bg-surface px-4 py-2.5 wide:px-8 wide:py-4">
        <ol className="item-squares" aria-label="Tasks of this section">
          {items.map((row, at) => {
            const done = isAnswered(snapshot.answers[row.id]?.value) && at !== index;
            return (
              <li
                key={row.id}
                className="item-square grid place-items-center"
                data-answered={done ? "" : undefined}
                aria-current={at === index ? "step" : undefined}
              >
                {done ? <Check className="size-4" aria-label={`Task ${row.position}, answered`} /> : row.position}
              </li>
            );
          })}
        </ol>
        <p className="ml-auto text-body text-ink-2 max-desk:hidden">
          Tasks go forward only: you cannot return to an earlier one.
        </p>
      </footer>
    </>
  );
}

/** A task of the exam: its turns may be fetched as often as the server says, its sound goes through the browser's store. */
function placeOfItem({ session, snapshot }: ViewProps, item: Item) {
  return {
    position: item.position,
    answered: isAnswered(snapshot.answers[item.id]?.value),
    takesMade: item.recordings.length,
    plays: item.plays,
    asked: item.asked,
    timeUp: snapshot.phase === "time-up",
    stored: snapshot.uploadsPending === 0 && snapshot.sync.pending === 0,
    pictureUrl: session.api.pictureUrl(item.id),
    playTurn: async (number: number) => {
      try {
        const { ticket } = await session.api.play(item.id, number, session.clientId);
        return await session.api.sound(ticket);
      } catch (error) {
        if (error instanceof ApiError && error.status === 423) return null;
        throw error;
      }
    },
    hearTurn: (turn: number, samples: ArrayBuffer) => session.api.hearTurn(item.id, turn, samples),
    tellPrompted: (turn: number) => void keepTelling(() => session.api.tellPrompted(item.id, turn)),
    openTake: (take: number, turns: number | null) => openTake(session, item, take, turns),
  };
}

const tellAgainMs = 5_000;
const tellTimes = 12;

/** Nobody waits for it: tried for a minute, as long as the page lives. */
async function keepTelling(tell: () => Promise<unknown>): Promise<void> {
  for (let made = 1; made <= tellTimes; made += 1) {
    try {
      await tell();
      return;
    } catch (error) {
      if (!(error instanceof ApiError && error.passing)) return;
      await new Promise((resolve) => setTimeout(resolve, tellAgainMs));
    }
  }
}
