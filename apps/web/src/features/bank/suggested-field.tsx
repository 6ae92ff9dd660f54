"use client";

import { useId, useRef, useState } from "react";
import { TextField, type TextFieldProps } from "@/ui/text-field.tsx";

export interface Suggestion {
  readonly name: string;
  /** What it is, in words. */
  readonly about: string;
}

const pauseMs = 200;

/** A name to be typed, with the names that begin so or whose texts hold the word; any other may be typed as well. */
export function SuggestedField({
  suggest,
  ...field
}: TextFieldProps & { suggest: (typed: string) => Promise<readonly Suggestion[]> }) {
  const list = useId();
  const [found, setFound] = useState<readonly Suggestion[]>([]);
  const latest = useRef({ typed: "", timer: undefined as ReturnType<typeof setTimeout> | undefined });

  function look(typed: string) {
    clearTimeout(latest.current.timer);
    latest.current.typed = typed;
    latest.current.timer = setTimeout(async () => {
      // Without an answer the name is typed from memory, as it may be anyway.
      const answer = await suggest(typed).catch(() => []);
      if (latest.current.typed === typed) setFound(answer);
    }, pauseMs);
  }

  return (
    <>
      <TextField
        {...field}
        list={list}
        autoComplete="off"
        spellCheck={false}
        onFocus={(event) => look(event.target.value)}
        onChange={(event) => look(event.target.value)}
      />
      <datalist id={list}>
        {found.map(({ name, about }) => (
          <option key={name} value={name}>
            {about}
          </option>
        ))}
      </datalist>
    </>
  );
}
