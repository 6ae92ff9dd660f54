"use client";

import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { answerInWords } from "./answer-words.ts";
import type { ExamSession } from "./client/session.ts";
import type { Item } from "./section-view.tsx";

/** What another device sent after this one took over: never used silently, never lost. */
export function AlternativeNotice({ session, item }: { session: ExamSession; item: Item }) {
  const other = session.alternativeOf(item.id);
  if (other === undefined) return null;
  const mine = session.answerOf(item.id).value;
  const interaction = item.skill === "reading" || item.skill === "listening" ? item.content.interaction : null;
  return (
    <div className="mb-5">
      <Notice title="Your other device holds a different answer">
        <p className="mb-3 max-h-40 overflow-y-auto whitespace-pre-wrap">“{answerInWords(other, interaction)}”</p>
        <span className="flex flex-wrap gap-3">
          <Button size="md" onClick={() => void session.answer(item.id, other).then(() => session.refreshSoon())}>
            Use that one
          </Button>
          <Button
            size="md"
            variant="quiet"
            onClick={() => void session.answer(item.id, mine).then(() => session.refreshSoon())}
          >
            Keep the one here
          </Button>
        </span>
      </Notice>
    </div>
  );
}
