import { useEffect, useEffectEvent } from "react";
import type { ExamSession } from "./client/session.ts";
import type { Item } from "./section-view.tsx";

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && target.type !== "radio" && target.type !== "checkbox")
  );
}

/** A–H choose, F flags, Alt+arrows step, ? shows all keys. Never while something is being typed. */
export function useExamKeys({
  session,
  item,
  go,
  onHelp,
  off,
}: {
  session: ExamSession;
  item: Item | undefined;
  go: (by: number) => void;
  onHelp: () => void;
  off: boolean;
}): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (off || !item || event.ctrlKey || event.metaKey) return;
    if (event.altKey) {
      if (item.skill === "speaking") return;
      if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
        event.preventDefault();
        go(event.key === "ArrowRight" ? 1 : -1);
      }
      return;
    }
    if (isTyping(event.target)) return;
    if (event.key === "?") return onHelp();
    if (event.key.toLowerCase() === "f" && item.skill !== "speaking") {
      void session.flag(item.id, !session.answerOf(item.id).flagged);
      return;
    }
    const letter = event.key.length === 1 ? event.key.toLowerCase().charCodeAt(0) - 97 : -1;
    if (item.skill !== "reading" && item.skill !== "listening") return;
    const { interaction } = item.content;
    if (interaction.type !== "choice" && interaction.type !== "multiple-response") return;
    const option = interaction.options[letter];
    if (!option) return;
    if (interaction.type === "choice") {
      void session.answer(item.id, option.id);
      return;
    }
    const held = session.answerOf(item.id).value;
    const chosen = Array.isArray(held) ? held : [];
    const next = chosen.includes(option.id)
      ? chosen.filter((id) => id !== option.id)
      : interaction.options.map(({ id }) => id).filter((id) => id === option.id || chosen.includes(id));
    if (next.length <= interaction.choose) void session.answer(item.id, next.length > 0 ? next : null);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
