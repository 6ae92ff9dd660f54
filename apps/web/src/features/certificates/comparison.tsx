import type { CertificateView } from "@bandwise/core/certificates/rules";
import type { ReactNode } from "react";
import { TextLink } from "@/ui/link-button.tsx";
import { FileCheckBox } from "./file-check.tsx";

/** What to hold beside the paper, step by step. Without facts (the holder shows the status alone) there is less to compare. */
export function Comparison({
  code,
  view,
  host,
  documentHash,
}: {
  code: string;
  view: CertificateView | null;
  host: string;
  documentHash: string | null;
}) {
  const steps: { id: string; text: ReactNode }[] = [
    ...(view
      ? [
          {
            id: "name",
            text: (
              <>
                <b>The name</b> is spelled as here, and as on the person’s identity document.
              </>
            ),
          },
          {
            id: "numbers",
            text: (
              <>
                <b>The numbers</b> agree: overall {view.overall.score}, then{" "}
                {view.parts.map(({ score }) => score).join(", ")}.
              </>
            ),
          },
        ]
      : []),
    {
      id: "code",
      text: (
        <>
          <b>The code</b> on paper ends in <span className="font-code text-[0.95em]">{code.slice(-4)}</span>.
        </>
      ),
    },
    {
      id: "address",
      text: (
        <>
          <b>This page’s address</b> begins with <span className="font-code text-[0.95em]">{host}</span>. A copy of this
          page elsewhere proves nothing.
        </>
      ),
    },
  ];
  return (
    <aside aria-labelledby="compare-title" className="print:hidden">
      <h2 id="compare-title" className="pb-2 text-h3">
        Compare it with the document in front of you
      </h2>
      <ol className="border-t border-line">
        {steps.map(({ id, text }, index) => (
          <li
            key={id}
            className="grid grid-cols-[1.5rem_1fr] gap-4 border-b border-line py-2.5 text-ink-2 [&_b]:text-ink"
          >
            <span
              className="mt-0.5 grid size-6 place-items-center rounded-full border border-ink text-small font-semibold text-ink"
              aria-hidden="true"
            >
              {index + 1}
            </span>
            <span>{text}</span>
          </li>
        ))}
      </ol>
      <div className="mt-6 grid gap-4">
        {documentHash === null ? null : <FileCheckBox documentHash={documentHash} />}
        <p className="text-ui text-ink-2">
          Shown because you hold the code. This page never shows a date of birth, photograph or address, and the holder
          may limit it to the status alone.
        </p>
        <p>
          <TextLink href="/help" className="hit-line">
            Something does not agree? What to do
          </TextLink>
        </p>
      </div>
    </aside>
  );
}
