"use client";

import { useEffect, useMemo, useState } from "react";
import { Button } from "@/ui/button.tsx";
import { FormError } from "@/ui/notice.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { cardByCode } from "../client-api.ts";
import { CardScreen } from "./card-screen.tsx";
import { useCard } from "./use-card.ts";

const keptAs = "bandwise.card.code";

/** Asks for the code first; a reload keeps it as long as the tab lives. */
export function CodedCard() {
  const [code, setCode] = useState<string | null>(null);
  useEffect(() => {
    try {
      setCode(sessionStorage.getItem(keptAs));
    } catch {
      // Forbidden storage: the code is typed again after a reload.
    }
  }, []);
  const ask = useMemo(() => (code === null ? null : () => cardByCode(code)), [code]);
  const { card, now, away, refused } = useCard(ask, null);
  if (card && code !== null) return <CardScreen card={card} now={now} away={away} />;
  return (
    <main className="mx-auto grid max-w-[28rem] gap-5 px-5 py-12">
      <h1 className="text-h1">Candidate’s screen</h1>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const typed = String(new FormData(event.currentTarget).get("code") ?? "")
            .trim()
            .toUpperCase();
          try {
            sessionStorage.setItem(keptAs, typed);
          } catch {
            // Then it holds until the page is left.
          }
          setCode(typed);
        }}
      >
        <TextField
          label="Code"
          name="code"
          description="Your examiner reads it out, eight letters and digits."
          autoComplete="off"
          autoCapitalize="characters"
          maxLength={20}
          required
        />
        <FormError>{refused ?? (away ? "The line is away. Try again in a moment." : null)}</FormError>
        <div>
          <Button type="submit" variant="primary" size="lg">
            Show my screen
          </Button>
        </div>
      </form>
    </main>
  );
}
