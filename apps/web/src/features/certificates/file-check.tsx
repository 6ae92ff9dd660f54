"use client";

import { FileCheck } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/ui/button.tsx";
import { Notice } from "@/ui/notice.tsx";

type Outcome = "same" | "other" | "unreadable";

const answers: Record<Outcome, { tone: "ok" | "warn" | "bad"; title: string; text: string }> = {
  same: {
    tone: "ok",
    title: "This is the document we issued",
    text: "It is the same to the last byte.",
  },
  other: {
    tone: "warn",
    title: "This is not the file we issued",
    text: "It may be another certificate, an altered one, or a copy that was saved again. Compare it with this page, value by value.",
  },
  unreadable: {
    tone: "bad",
    title: "The file could not be read",
    text: "Choose the PDF again. The comparison needs a secure connection (https).",
  },
};

/** Compares a PDF with the one that was issued, inside the browser: the file goes nowhere. */
export function FileCheckBox({ documentHash }: { documentHash: string }) {
  const input = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  async function compare(file: File | undefined) {
    if (!file) return;
    try {
      const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      const hash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
      setOutcome(hash === documentHash ? "same" : "other");
    } catch {
      setOutcome("unreadable");
    }
  }

  const answer = outcome === null ? null : answers[outcome];
  return (
    <div className="grid justify-items-start gap-3 rounded-panel border border-dashed border-line-strong bg-surface p-4">
      <p className="text-ink-2">
        <b className="text-ink">Have the file?</b> Choose the PDF and it is compared with the one that was issued. It
        stays in your browser.
      </p>
      <input
        ref={input}
        type="file"
        accept="application/pdf"
        className="sr-only"
        tabIndex={-1}
        aria-label="The certificate as PDF"
        onChange={(event) => {
          void compare(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      <Button icon={<FileCheck aria-hidden="true" />} className="hit" onClick={() => input.current?.click()}>
        Choose a file
      </Button>
      <div aria-live="polite">
        {answer ? (
          <Notice tone={answer.tone} title={answer.title}>
            {answer.text}
          </Notice>
        ) : null}
      </div>
    </div>
  );
}
