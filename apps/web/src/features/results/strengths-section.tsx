import { reportWords } from "@bandwise/core/results/report-words";
import type { Finding, Strengths } from "@bandwise/core/results/strengths-rules";
import { findingTitle, tooFewWords } from "@bandwise/core/results/strengths-words";

/** What stands out in a result, up and down, what it rests on, and what to do next. */
export function StrengthsSection({ strengths: { strengths, next, tooFew, even } }: { strengths: Strengths }) {
  const unsaid = tooFewWords(tooFew);
  return (
    <section className="rule-top pt-5 pb-9 print:pt-3 print:pb-4" aria-labelledby="strengths">
      <h2 id="strengths">Strengths and next steps</h2>
      <p className="mt-0.5 max-w-[72ch] text-ink-2">{reportWords.strengths}</p>
      <div className="mt-4 grid gap-x-10 gap-y-6 print:grid-cols-2 wide:grid-cols-2">
        <div>
          <h3 className="text-body">Strengths</h3>
          {strengths.length === 0 ? (
            <p className="border-t border-line py-3 text-ink-2">{reportWords.noStrength}</p>
          ) : (
            <Findings findings={strengths} />
          )}
        </div>
        <div>
          <h3 className="text-body">Next steps</h3>
          {even ? <p className="border-t border-line pt-3 text-ink-2">{reportWords.noWeakness}</p> : null}
          <Findings findings={next} />
        </div>
      </div>
      {unsaid === null ? null : <p className="mt-4 max-w-[72ch] text-ui text-ink-3">{unsaid}</p>}
    </section>
  );
}

function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul>
      {findings.map((finding) => (
        <li key={`${finding.section} ${finding.id}`} className="break-inside-avoid border-t border-line py-3">
          <p>
            <b className="font-semibold">{findingTitle(finding)}</b>
            <span className="ml-3 text-ui text-ink-3 tabular-nums">{finding.evidence}</span>
          </p>
          <p className="text-ink-2">{finding.words}</p>
        </li>
      ))}
    </ul>
  );
}
