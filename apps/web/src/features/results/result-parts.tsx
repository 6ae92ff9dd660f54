import {
  compositeNames,
  compositeSections,
  reportWords,
  sectionNames,
  sharesOf,
} from "@bandwise/core/results/report-words";
import type { IelpOutput } from "@bandwise/core/results/rules";
import { ielpComposites, ielpSections } from "@bandwise/scoring/schemes/ielp";
import { ProgressBar } from "@/ui/progress-bar.tsx";

/** Means of sections for one purpose: what the candidate can do with the language. */
export function Composites({ composites }: { composites: IelpOutput["composites"] }) {
  return (
    <section
      className="grid grid-cols-2 gap-x-6 gap-y-5 border-t border-line pt-5 pb-8 print:grid-cols-4 print:pt-3 print:pb-4 wide:grid-cols-4 wide:gap-8"
      aria-label="Skill composites"
    >
      {ielpComposites.map((name) => (
        <div key={name}>
          <h2 className="text-[0.9375rem] leading-6 font-medium tracking-normal text-ink-2">{compositeNames[name]}</h2>
          <p className="text-[1.625rem] leading-9 font-semibold tracking-[-0.02em] tabular-nums">
            {composites[name]}&#8239;%
          </p>
          <ProgressBar label={compositeNames[name]} value={composites[name]} hideLabel className="mt-1 mb-2" />
          <p className="text-ui text-ink-3">{compositeSections(name)}</p>
        </div>
      ))}
    </section>
  );
}

/** Reading and listening by sub-skill, writing and speaking by criterion; strongest first. */
export function SubSkills({ output }: { output: IelpOutput }) {
  const shares = sharesOf(output);
  return (
    <section className="rule-top pt-5 pb-9 print:pt-3 print:pb-0" aria-labelledby="sub-skills">
      <h2 id="sub-skills">Sub-skills</h2>
      <p className="mt-0.5 max-w-[72ch] text-ink-2">{reportWords.subSkills}</p>
      <div className="mt-5 grid gap-x-10 gap-y-6 print:grid-cols-4 print:gap-x-6 wide:grid-cols-2 desk:grid-cols-4">
        {ielpSections.map((section) => (
          <div key={section}>
            <h3 className="mb-1.5 text-body">{sectionNames[section]}</h3>
            <ul className="text-[0.9375rem] leading-[1.375rem] print:text-dense print:leading-4">
              {shares[section].map(({ name, percent }) => (
                <li key={name} className="py-[5px] print:py-0.5">
                  <ProgressBar label={name} value={percent} text={`${percent}\u202f%`} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}
