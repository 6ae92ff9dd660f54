import { sectionNames } from "@bandwise/core/results/report-words";
import { type Finding, fewestItems, type Strengths } from "@bandwise/core/results/strengths-rules";
import { formatCount } from "@/ui/format.ts";

const names: Readonly<Record<string, string>> = sectionNames;

/** What stands out in a result, up and down, what it rests on, and what to do next. */
export function StrengthsSection({ strengths: { strengths, next, tooFew, even } }: { strengths: Strengths }) {
  return (
    <section className="rule-top pt-5 pb-9 print:pt-3 print:pb-4" aria-labelledby="strengths">
      <h2 id="strengths">Strengths and next steps</h2>
      <p className="mt-0.5 max-w-[72ch] text-ink-2">
        Measured against the rest of this result, not against other people. One sitting is a small sample.
      </p>
      <div className="mt-4 grid gap-x-10 gap-y-6 print:grid-cols-2 wide:grid-cols-2">
        <div>
          <h3 className="text-body">Strengths</h3>
          {strengths.length === 0 ? (
            <p className="border-t border-line py-3 text-ink-2">
              Nothing stands out from the rest: your parts are close.
            </p>
          ) : (
            <Findings findings={strengths} />
          )}
        </div>
        <div>
          <h3 className="text-body">Next steps</h3>
          {even ? (
            <p className="border-t border-line pt-3 text-ink-2">
              Nothing stands back from the rest. Where there is most to gain:
            </p>
          ) : null}
          <Findings findings={next} />
        </div>
      </div>
      {tooFew.length === 0 ? null : (
        <p className="mt-4 max-w-[72ch] text-ui text-ink-3">
          Too few to say anything about (it takes {fewestItems} items of a kind): {listed(tooFew)}.
        </p>
      )}
    </section>
  );
}

function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul>
      {findings.map(({ section, id, title, evidence, words }) => (
        <li key={`${section} ${id}`} className="break-inside-avoid border-t border-line py-3">
          <p>
            <b className="font-semibold">
              {section === null || id === "whole" ? title : `${names[section]}: ${title.toLowerCase()}`}
            </b>
            <span className="ml-3 text-ui text-ink-3 tabular-nums">{evidence}</span>
          </p>
          <p className="text-ink-2">{words}</p>
        </li>
      ))}
    </ul>
  );
}

function listed(tooFew: Strengths["tooFew"]): string {
  return [...new Set(tooFew.map(({ section }) => section))]
    .map((section) => {
      const mine = tooFew.filter((group) => group.section === section);
      return `${names[section]}, ${mine.map(({ title, count }) => `${title.toLowerCase()} (${formatCount(count, "item", "items")})`).join(", ")}`;
    })
    .join("; ");
}
