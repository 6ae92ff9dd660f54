"use client";

import { maxImportBytes } from "@bandwise/core/bank/schema";
import { Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { buttonLook } from "@/ui/button.tsx";
import { FormError } from "@/ui/notice.tsx";

/** Sends a file to be checked and goes to its report. */
export function UploadFile({ importPath }: { importPath: string }) {
  const router = useRouter();
  const id = useId();
  const [state, setState] = useState<"idle" | "sending" | { readonly trouble: string }>("idle");

  async function send(file: File): Promise<void> {
    if (file.size > maxImportBytes) {
      setState({
        trouble: `${file.name} is larger than ${maxImportBytes / 1_000_000} MB. Split it into several packages.`,
      });
      return;
    }
    setState("sending");
    try {
      const response = await fetch(`/api/bank/imports?name=${encodeURIComponent(file.name)}`, {
        method: "POST",
        body: file,
        headers: { "content-type": "application/octet-stream" },
      });
      const answer: { importId?: string; error?: { message?: string } } = await response.json();
      if (!response.ok || answer.importId === undefined)
        throw new Error(answer.error?.message ?? "The file could not be sent. Try again.");
      router.push(`${importPath}/${answer.importId}`);
    } catch (error) {
      setState({ trouble: error instanceof Error ? error.message : "The file could not be sent. Try again." });
    }
  }

  return (
    <div className="grid justify-items-start gap-2">
      <FormError>{typeof state === "object" ? state.trouble : null}</FormError>
      <label className="btn" {...buttonLook({ variant: "primary" })} aria-busy={state === "sending"}>
        <Upload aria-hidden="true" />
        {state === "sending" ? "Sending …" : "Choose a file"}
        <input
          id={id}
          type="file"
          className="sr-only"
          accept=".zip,.xml,.csv"
          disabled={state === "sending"}
          aria-describedby={`${id}-note`}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = "";
            if (file) void send(file);
          }}
        />
      </label>
      <p id={`${id}-note`} className="field-note">
        A QTI package (.zip) or item (.xml) of version 2.1, 2.2 or 3.0, a table (.csv), or a table in a zip with the
        recordings and pictures it names beside it or in media/. Up to {maxImportBytes / 1_000_000} MB. It is read first
        and nothing enters the bank before you say so.
      </p>
    </div>
  );
}
