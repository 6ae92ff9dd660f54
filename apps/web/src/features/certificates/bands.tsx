import type { CertificateFacts } from "@bandwise/core/certificates/schema";
import { bandLabel, bandSegments } from "@/features/scale/band-scale.ts";
import { Ruler, type RulerGround } from "@/ui/ruler.tsx";
import { skillTitles } from "./words.ts";

/** The overall band on the ruler. */
export function OverallRuler({
  overall,
  ground = "paper",
}: {
  overall: { readonly band: string; readonly cefr: string };
  ground?: RulerGround;
}) {
  return (
    <Ruler
      segments={bandSegments}
      value={Number(overall.band)}
      valueText={overall.band}
      ground={ground}
      label={bandLabel({ text: overall.band, level: overall.cefr })}
    />
  );
}

/** The four sections side by side, parted by hairlines; two by two on a phone. */
export function SectionBands({ sections }: { sections: CertificateFacts["sections"] }) {
  return (
    <dl className="grid grid-cols-2 border-y border-line wide:grid-cols-4">
      {sections.map(({ skill, band, cefr }) => (
        <div
          key={skill}
          className="border-line px-4 py-2.5 odd:pl-0 even:border-l max-wide:[&:nth-child(n+3)]:border-t wide:first:pl-0 wide:[&:not(:first-child)]:border-l wide:[&:not(:first-child)]:pl-4"
        >
          <dt className="text-ui text-ink-2">{skillTitles[skill]}</dt>
          <dd className="text-ink-2">
            <b className="mr-2 text-[1.375rem] leading-8 text-ink tabular-nums">{band}</b>
            {cefr}
          </dd>
        </div>
      ))}
    </dl>
  );
}
