import { reportWords, sectionNames, traceOrder } from "@bandwise/core/results/report-words";
import { overallWords } from "@bandwise/core/results/trace-words";
import type { IelpTrace } from "@bandwise/scoring/trace";
import type { RulerGround } from "@/ui/ruler.tsx";
import { SectionTraceSteps } from "./section-trace.tsx";
import { TraceTabs } from "./trace-tabs.tsx";
import "./result.css";

/** Every step from answers to bands, drawn. Nothing of an item is shown but level, sub-skill, weight and credit. */
export function WhyThisBand({ trace, ground = "paper" }: { trace: IelpTrace; ground?: RulerGround }) {
  return (
    <section
      className="trace rule-top pt-5 pb-8 print:break-before-page"
      data-ground={ground}
      aria-labelledby="why-this-band"
    >
      <TraceTabs
        heading={
          <div>
            <h2 id="why-this-band">Why this band</h2>
            <p className="mt-0.5 text-ink-2">{reportWords.skillTrace}</p>
          </div>
        }
        sections={traceOrder.map((section) => ({
          id: section,
          label: sectionNames[section],
          content: <SectionTraceSteps trace={trace.sections[section]} ground={ground} />,
        }))}
      />
      <OverallLine trace={trace} />
    </section>
  );
}

function OverallLine({ trace }: { trace: IelpTrace }) {
  const { overall, scheme } = trace;
  const { arithmetic, place } = overallWords(trace);
  return (
    <p className="border-t border-line pt-4 text-[0.9375rem] text-ink-3 tabular-nums [&_b]:text-ink">
      Overall: {arithmetic}
      <b>{overall.band}</b>, {place}, so <b>{overall.cefr}</b>. Scheme <code>{scheme.id}</code> version {scheme.version}
      , <code>{scheme.hash.slice(0, 12)}</code>. Anyone with these figures can work the result out again.
    </p>
  );
}
