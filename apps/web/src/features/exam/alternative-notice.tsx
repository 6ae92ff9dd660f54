"use client";

import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { ExamSession } from "./client/session.ts";
import type { AnswerValue } from "./client/store.ts";
import type { Item } from "./section-view.tsx";

function inWords(value: AnswerValue, item: Item): string {
  if (value === null) return "no answer";
  const interaction = item.skill === "reading" || item.skill === "listening" ? item.content.interaction : null;
  const label = (id: string): string => {
    if (interaction && "options" in interaction) {
      const index = interaction.options.findIndex((option) => option.id === id);
      if (index >= 0)
        return interaction.type === "choice"
          ? String.fromCharCode(65 + index)
          : (interaction.options[index]?.text ?? id);
    }
    if (interaction?.type === "ordering") return interaction.elements.find((element) => element.id === id)?.text ?? id;
    return id;
  };
  if (typeof value === "string") return label(value);
  if (Array.isArray(value)) return value.map(label).join(", ");
  if ("text" in value && typeof value.text === "string") return value.text;
  return Object.values(value).map(label).join(", ");
}

/** What another device sent after this one took over: never used silently, never lost. */
export function AlternativeNotice({ session, item }: { session: ExamSession; item: Item }) {
  const other = session.alternativeOf(item.id);
  if (other === undefined) return null;
  const mine = session.answerOf(item.id).value;
  return (
    <div className="mb-5">
      <Notice title="Your other device holds a different answer">
        <p className="mb-3 max-h-40 overflow-y-auto whitespace-pre-wrap">“{inWords(other, item)}”</p>
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
