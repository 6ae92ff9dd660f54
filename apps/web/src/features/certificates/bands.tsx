import type { CertificateView } from "@bandwise/core/certificates/rules";
import { rulerOf, scoreLabel } from "@/features/scale/band-scale.ts";
import { Ruler, type RulerGround } from "@/ui/ruler.tsx";

/** The overall score in large, with its level or what it is a score of. */
export function OverallScore({ view: { overall, scale } }: { view: Pick<CertificateView, "overall" | "scale"> }) {
  return (
    <div className="mt-1 mb-1 flex items-center gap-4">
      <p className="text-[3.5rem] leading-[4rem] font-semibold tracking-[-0.035em] tabular-nums">{overall.score}</p>
      <p className="leading-6 text-ink-2">
        <b className="text-h2 text-accent">{overall.cefr ?? `of ${scale.highest}`}</b>
        <br />
        {overall.group ?? `Overall ${scale.noun.toLowerCase()}`}
      </p>
    </div>
  );
}

/** The overall score on the ruler of its scale. */
export function OverallRuler({
  view: { overall, scale },
  ground = "paper",
}: {
  view: Pick<CertificateView, "overall" | "scale">;
  ground?: RulerGround;
}) {
  const { segments, axis } = rulerOf(scale);
  return (
    <Ruler
      segments={segments}
      axis={axis}
      value={Number(overall.score)}
      valueText={overall.score}
      ground={ground}
      label={scoreLabel(scale, overall)}
    />
  );
}

/** The sections or criteria side by side, parted by hairlines; two by two on a phone. */
export function PartScores({ parts }: { parts: CertificateView["parts"] }) {
  return (
    <dl className="grid grid-cols-2 border-y border-line wide:grid-cols-4">
      {parts.map(({ id, title, score, cefr }) => (
        <div
          key={id}
          className="flex flex-col justify-between border-line px-4 py-2.5 odd:pl-0 even:border-l max-wide:[&:nth-child(n+3)]:border-t wide:first:pl-0 wide:[&:not(:first-child)]:border-l wide:[&:not(:first-child)]:pl-4"
        >
          <dt className="text-ui text-ink-2">{title}</dt>
          <dd className="text-ink-2">
            <b className="mr-2 text-[1.375rem] leading-8 text-ink tabular-nums">{score}</b>
            {cefr}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** How the scores came about, in the certificate's own sentences. */
export function Notes({ notes }: { notes: CertificateView["notes"] }) {
  return notes.length === 0 ? null : <p className="measure mt-3 text-ui text-ink-2">{notes.join(" ")}</p>;
}
