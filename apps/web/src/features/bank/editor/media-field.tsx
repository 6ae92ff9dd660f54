"use client";

import { maxMediaBytes } from "@bandwise/core/bank/schema";
import { Upload } from "lucide-react";
import { useId, useState } from "react";
import { FieldError } from "@/ui/field.tsx";
import { useProblem } from "./fields.tsx";

export interface StoredMedia {
  readonly name: string;
  /** Null for pictures. */
  readonly seconds: number | null;
}

/** Sends a file to the bank and hands back its name; a sound comes back measured, with what to look at again. */
export function MediaField({
  path,
  label,
  kind,
  itemId,
  value,
  onStored,
}: {
  path: string;
  label: string;
  kind: "sound" | "picture";
  /** Files are named after their item. */
  itemId: string;
  value: string;
  onStored: (media: StoredMedia) => void;
}) {
  const id = useId();
  const [state, setState] = useState<"still" | "sending">("still");
  const [trouble, setTrouble] = useState<string | null>(null);
  const [warnings, setWarnings] = useState<readonly string[]>([]);
  const problem = useProblem(path);

  async function send(file: File) {
    setTrouble(null);
    setState("sending");
    try {
      const { warnings: found, ...stored } = await storeFile(file, kind, itemId);
      setWarnings(found);
      onStored(stored);
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : "The file could not be sent. Try again.");
    } finally {
      setState("still");
    }
  }

  return (
    <div className="field">
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      <div className="flex flex-wrap items-center gap-3">
        <label className="btn" data-variant="secondary" data-size="sm" aria-busy={state === "sending"}>
          <Upload className="ico" aria-hidden="true" />
          {state === "sending" ? "Sending" : value === "" ? "Choose a file" : "Replace"}
          <input
            id={id}
            type="file"
            className="sr-only"
            accept={kind === "sound" ? ".mp3,audio/mpeg" : ".svg,.png,.jpg"}
            disabled={state === "sending"}
            aria-invalid={problem !== undefined || trouble !== null ? true : undefined}
            aria-describedby={`${id}-note`}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              event.target.value = "";
              if (file) void send(file);
            }}
          />
        </label>
        <span className="font-code text-dense break-all">{value === "" ? "none yet" : value}</span>
      </div>
      {(trouble ?? problem) ? <FieldError id={`${id}-error`}>{trouble ?? problem}</FieldError> : null}
      {warnings.map((warning) => (
        <p key={warning} role="status" className="text-dense text-warn">
          {warning}.
        </p>
      ))}
      <p id={`${id}-note`} className="field-note">
        {kind === "sound" ? "MP3" : "SVG, PNG or JPG"}, up to {maxMediaBytes / 1_000_000} MB.
      </p>
    </div>
  );
}

async function storeFile(
  file: File,
  kind: "sound" | "picture",
  itemId: string,
): Promise<StoredMedia & { readonly warnings: readonly string[] }> {
  const ending = file.name.toLowerCase().split(".").at(-1)?.replace("jpeg", "jpg") ?? "";
  const fits = kind === "sound" ? ending === "mp3" : ["svg", "png", "jpg"].includes(ending);
  if (!fits) throw new Error(`${file.name} is not ${kind === "sound" ? "an MP3 file" : "an SVG, PNG or JPG file"}.`);
  if (file.size > maxMediaBytes) throw new Error(`${file.name} is larger than ${maxMediaBytes / 1_000_000} MB.`);
  if (!/^[a-z0-9-]{3,40}$/.test(itemId)) throw new Error("Give the item its name first: the file is named after it.");
  const content = await file.arrayBuffer();
  const name = `${itemId}-${await fingerprint(content)}.${ending}`;
  const response = await fetch(`/api/media/${name}`, {
    method: "PUT",
    body: content,
    headers: { "content-type": file.type || "application/octet-stream" },
  });
  if (!response.ok) {
    const answer: { error?: { message?: string } } = await response.json().catch(() => ({}));
    throw new Error(answer.error?.message ?? `The file could not be stored (${response.status}). Try again.`);
  }
  const stored: { durationSeconds: number | null; warnings: string[] } = await response.json();
  return { name, seconds: stored.durationSeconds, warnings: stored.warnings };
}

/** Eight digits that follow from the content: another file gets another name, the same file its old one. */
async function fingerprint(content: ArrayBuffer): Promise<string> {
  // `subtle` exists on https and on this machine itself; elsewhere a name is drawn.
  const bytes = crypto.subtle
    ? new Uint8Array(await crypto.subtle.digest("SHA-256", content))
    : crypto.getRandomValues(new Uint8Array(4));
  return [...bytes.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
