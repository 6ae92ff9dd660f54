"use client";

import type { FileCheck } from "@bandwise/core/certificates/badge-queries";
import { Check, FileCheck as FileCheckIcon, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/ui/button.tsx";
import { formatShortDate } from "@/ui/format.ts";
import { FormError, Notice } from "@/ui/notice.tsx";
import { TextField } from "@/ui/text-field.tsx";

const standing: Record<FileCheck["status"], string> = {
  valid: "The certificate is valid",
  expired: "The certificate has expired",
  superseded: "The certificate has been replaced",
  revoked: "The certificate has been revoked",
  unknown: "This file belongs to no certificate that was issued here",
};
const tones = { valid: "ok", expired: "warn", superseded: "warn", revoked: "bad", unknown: "bad" } as const;

/** A file somebody was sent, held against the record: the PDF, or the badge as JSON or JWT. */
export function FileUploadCheck() {
  const [answer, setAnswer] = useState<FileCheck | null>(null);
  const [error, setError] = useState<string | undefined>();
  const [unreadable, setUnreadable] = useState<string | undefined>();
  const [pending, setPending] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setPending(true);
    setError(undefined);
    setUnreadable(undefined);
    setAnswer(null);
    try {
      const response = await fetch("/api/v1/verify", { method: "POST", body: new FormData(event.currentTarget) });
      const body = (await response.json()) as FileCheck | { error: { message: string; fields: { file?: string } } };
      if ("error" in body) {
        setUnreadable(body.error.fields.file);
        if (body.error.fields.file === undefined) setError(body.error.message);
      } else setAnswer(body);
    } catch {
      setError("The file could not be sent. Try again.");
    } finally {
      setPending(false);
    }
  }

  return (
    <div className="grid gap-4">
      <form onSubmit={(event) => void submit(event)} className="grid max-w-[34rem] gap-4">
        <TextField
          label="PDF or badge"
          name="file"
          type="file"
          required
          accept=".pdf,.json,.jwt,.jsonld,application/pdf,application/json"
          description="It is compared and not kept."
        />
        <TextField
          label="Name of the holder"
          name="name"
          optional
          maxLength={200}
          autoComplete="off"
          description="As on the identity document: you are told whether it is the name on the certificate."
        />
        <Button
          type="submit"
          icon={<FileCheckIcon aria-hidden="true" />}
          disabled={pending}
          className="justify-self-start"
        >
          Check the file
        </Button>
      </form>
      <div aria-live="polite" className="grid gap-4">
        <FormError>{error}</FormError>
        {unreadable === undefined ? null : (
          <Notice tone="warn" title="This file cannot be checked">
            It is no certificate’s PDF and no badge as it was downloaded ({unreadable}). Check the code that stands on
            the certificate instead.
          </Notice>
        )}
        {answer ? <Answer answer={answer} /> : null}
      </div>
    </div>
  );
}

function Answer({ answer }: { answer: FileCheck }) {
  const { status, whole, values, nameMatches } = answer;
  const { tone, title, text } = verdictOf(answer);
  return (
    <div className="grid gap-4" data-file-status={status} data-file-whole={whole}>
      <Notice tone={tone} title={title}>
        {text}
      </Notice>
      {nameMatches === null ? null : (
        <Notice tone={nameMatches ? "ok" : "bad"} title={nameMatches ? "The name agrees" : "The name is another one"} />
      )}
      {values.length === 0 ? null : (
        <table className="w-full max-w-[44rem] text-left">
          <caption className="sr-only">What the file says beside what was certified</caption>
          <thead>
            <tr className="border-b border-line text-ui text-ink-2">
              <th scope="col" className="py-1.5 font-normal">
                Value
              </th>
              <th scope="col" className="font-normal">
                In the file
              </th>
              <th scope="col" className="font-normal">
                Certified
              </th>
              <th scope="col">
                <span className="sr-only">Agrees</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {values.map(({ name, file, record, same }) => (
              <tr key={name} className="border-b border-line" data-same={same}>
                <th scope="row" className="py-1.5 pr-4 font-normal">
                  {name.charAt(0).toUpperCase() + name.slice(1)}
                </th>
                <td className={cell(file)}>{file === null ? "missing" : plain(file)}</td>
                <td className={cell(record)}>{record === null ? "not shown" : plain(record)}</td>
                <td>
                  {same ? (
                    <Check className="size-5 text-ok" role="img" aria-label="agrees" />
                  ) : (
                    <X className="size-5 text-bad" role="img" aria-label="differs" />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** A day as people write it; a file may say anything else in its place. */
function plain(value: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? formatShortDate(value, "UTC") : value;
}

/** Bands and dates stay on one line. */
function cell(value: string | null): string {
  return `pr-4 tabular-nums ${/^\d/.test(value ?? "") ? "whitespace-nowrap" : ""}`;
}

/** An altered file is that first of all, however good the certificate is that it was made from. */
function verdictOf({ status, whole, withdrawn, values }: FileCheck): {
  tone: "ok" | "warn" | "bad";
  title: string;
  text: string;
} {
  const title = standing[status];
  if (status === "unknown") {
    const text = "It comes from elsewhere, or it was altered so far that it can no longer be recognised.";
    return { tone: "bad", title, text };
  }
  const differing = values.filter(({ same }) => !same).length;
  if (differing > 0) {
    const what = differing === 1 ? "One value differs" : `${differing} values differ`;
    return { tone: "bad", title: "This file was altered", text: `${what} from what was certified. ${title}.` };
  }
  if (withdrawn && (status === "valid" || status === "expired")) {
    return {
      tone: "warn",
      title: "This badge was taken back by its holder",
      text: `It shows the name, and its holder no longer wants that: do not rely on it or pass it on.${whole ? " It is as it was issued." : " It is also not quite the file that was issued."} ${title}, and what this badge says of the scores is what was certified: ask the holder for the certificate itself or its code.`,
    };
  }
  if (whole) return { tone: tones[status], title, text: "The file is as it was issued, to the last byte." };
  return {
    tone: tones[status] === "ok" ? "warn" : tones[status],
    title: "This is not the file that was issued",
    text: `${title}. The badge inside says what was certified, but a page that was saved again may show anything: compare what you see with the values below.`,
  };
}
