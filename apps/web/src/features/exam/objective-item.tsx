"use client";

import { Flag } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { KeyHint } from "../../ui/key-hint.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { AlternativeNotice } from "./alternative-notice.tsx";
import { InteractionView } from "./interactions/interaction-view.tsx";
import { ListeningPlayer } from "./listening-player.tsx";
import type { Item, ViewProps } from "./section-view.tsx";
import { Stimulus } from "./stimulus.tsx";

/** One reading or listening item: what it is about beside the question, on a phone one or the other. */
export function ObjectiveItem({ session, snapshot, item, total }: ViewProps & { item: Item; total: number }) {
  const [side, setSide] = useState<"text" | "question">("question");
  if (item.skill !== "reading" && item.skill !== "listening") return null;
  const answer = session.answerOf(item.id);
  const reading = item.skill === "reading";
  const { interaction } = item.content;
  const lettered = interaction.type === "choice" || interaction.type === "multiple-response";
  return (
    <div className="flex h-full flex-col desk:flex-row">
      {reading ? (
        <>
          <div className="border-b border-line bg-surface p-4 desk:hidden">
            <Segmented
              legend="Show"
              name="side"
              className="w-full"
              options={[
                { value: "text", label: "Text" },
                { value: "question", label: "Question" },
              ]}
              value={side}
              onValueChange={setSide}
            />
          </div>
          <section
            aria-label="Text"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
            tabIndex={0}
            className={`min-h-0 flex-1 overflow-y-auto bg-paper px-4 py-6 wide:px-12 wide:py-10 ${side === "text" ? "" : "max-desk:hidden"}`}
          >
            <div className="mx-auto max-w-[65ch]">
              <Stimulus {...item.content.stimulus} pictureAt={(block) => session.api.pictureUrl(item.id, block)} />
            </div>
          </section>
        </>
      ) : null}
      <section
        aria-label={`Item ${item.position} of ${total}`}
        className={
          reading
            ? `flex min-h-0 flex-1 flex-col overflow-y-auto border-line px-4 py-6 wide:px-12 wide:py-8 desk:w-[37rem] desk:flex-none desk:border-l ${side === "question" ? "" : "max-desk:hidden"}`
            : "mx-auto flex min-h-0 w-full max-w-[48rem] flex-1 flex-col overflow-y-auto px-4 py-6 wide:py-8"
        }
      >
        <div className="mb-3 flex items-center justify-between">
          <p className="text-body text-ink-2">
            Item <b className="text-ink">{item.position}</b> of {total}
          </p>
          <Button
            variant="quiet"
            className="-mr-3.5"
            aria-pressed={answer.flagged}
            icon={<Flag className={`ico ${answer.flagged ? "fill-current text-warn" : ""}`} aria-hidden="true" />}
            onClick={() => void session.flag(item.id, !answer.flagged)}
          >
            {answer.flagged ? "Flagged" : "Flag for later"}
          </Button>
        </div>
        {item.skill === "listening" ? (
          <>
            <ListeningPlayer session={session} snapshot={snapshot} item={item} />
            <Stimulus
              blocks={item.content.stimulus.blocks}
              pictureAt={(block) => session.api.pictureUrl(item.id, block)}
            />
          </>
        ) : null}
        <AlternativeNotice session={session} item={item} />
        <InteractionView
          interaction={interaction}
          value={answer.value}
          disabled={snapshot.phase !== "section"}
          onValueChange={(value) => void session.answer(item.id, value)}
        />
        <p className="mt-auto hidden flex-wrap gap-x-6 gap-y-2 pt-8 text-ui text-ink-3 desk:flex">
          {lettered ? (
            <span>
              <KeyHint>A</KeyHint> – <KeyHint>{String.fromCharCode(64 + interaction.options.length)}</KeyHint> choose
            </span>
          ) : null}
          <span>
            <KeyHint>F</KeyHint> flag
          </span>
          <span>
            <KeyHint>Alt</KeyHint> <KeyHint>←</KeyHint> <KeyHint>→</KeyHint> item
          </span>
          <span>
            <KeyHint>?</KeyHint> all keys
          </span>
        </p>
      </section>
    </div>
  );
}
