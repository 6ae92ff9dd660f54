import type { Verification } from "@bandwise/core/certificates/verification-queries";
import { Ban, CalendarClock, Check, CircleQuestionMark, Replace, TriangleAlert } from "lucide-react";
import { formatDate, formatTime } from "@/ui/format.ts";

type Kind = Verification["kind"];

/** A solid disc where the answer is certain for good or ill, a ring where it depends; the icon says it without colour. */
const discs: Record<Kind, { icon: typeof Check; disc: string }> = {
  valid: { icon: Check, disc: "bg-ok text-surface" },
  expired: { icon: CalendarClock, disc: "border-2 border-warn text-warn" },
  revoked: { icon: Ban, disc: "bg-bad text-surface" },
  superseded: { icon: Replace, disc: "border-2 border-accent text-accent" },
  damaged: { icon: TriangleAlert, disc: "bg-bad text-surface" },
  unknown: { icon: CircleQuestionMark, disc: "border-2 border-line-strong text-ink-2" },
};

const titles: Record<Kind, string> = {
  valid: "This certificate is valid",
  expired: "This certificate has expired",
  revoked: "This certificate has been revoked",
  superseded: "This certificate has been replaced",
  damaged: "This certificate cannot be confirmed",
  unknown: "No certificate has this code",
};

/** The answer, before everything else. */
export function Verdict({ answer }: { answer: Verification }) {
  const { icon: Icon, disc } = discs[answer.kind];
  return (
    <section className="flex gap-4 wide:gap-5" data-verdict={answer.kind}>
      <span className={`mt-1 grid size-11 flex-none place-items-center rounded-full wide:mt-2 wide:size-14 ${disc}`}>
        <Icon className="size-6 stroke-2 wide:size-7" aria-hidden="true" />
      </span>
      <div>
        <h1>{titles[answer.kind]}</h1>
        <p className="max-w-[48rem] text-ink-2">{explain(answer)}</p>
      </div>
    </section>
  );
}

function explain(answer: Verification): string {
  const checked = `${formatDate(answer.checkedAt, "UTC")} at ${formatTime(answer.checkedAt, "UTC")} UTC`;
  switch (answer.kind) {
    case "valid":
      return `Valid until ${formatDate(answer.validUntil, "UTC")}. Checked just now, ${checked}: the record is as it was sealed when issued, and the certificate has not been withdrawn.`;
    case "expired":
      return `It was valid until ${formatDate(answer.validUntil, "UTC")}. The result was genuine; it is now more than 24 months old. Checked just now, ${checked}.`;
    case "revoked":
      return `Revoked on ${formatDate(answer.revokedAt, "UTC")} by the awarding body. It must not be relied on. Checked just now, ${checked}.`;
    case "superseded":
      return `A newer certificate replaced it on ${formatDate(answer.replacedAt, "UTC")}. Ask the holder for the code of the new certificate. Checked just now, ${checked}.`;
    case "damaged":
      return `A certificate with this code was issued, but its record does not match the seal made at issue. Do not rely on it before the awarding body has confirmed it. Checked just now, ${checked}.`;
    case "unknown":
      return "Codes have four groups of four letters and numbers. They never use the letters I, L, O and U, or the numbers 0 and 1.";
  }
}
