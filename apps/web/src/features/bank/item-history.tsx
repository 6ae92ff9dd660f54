import type { FieldChange } from "@bandwise/core/bank/difference";
import type { ItemDetail } from "@bandwise/core/bank/queries";
import { formatDateTime } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { bankPath } from "./list-params.ts";
import { nameOf } from "./names.ts";
import { StatusBadge } from "./status-badge.tsx";

const reviewWords: Readonly<Record<string, string>> = {
  approve: "Approved",
  return: "Sent back",
  carry: "Approval carried over",
};

/** Versions, newest first: who, when, why, and what became of each. */
export function ItemHistory({ item, timeZone }: { item: ItemDetail; timeZone: string }) {
  return (
    <ol className="grid text-dense">
      {item.history.map((version, index) => {
        const before = item.history[index + 1];
        const shown = version.version === item.shown.version;
        return (
          <li key={version.id} className="grid gap-1 border-t border-line py-2.5 first:border-t-0">
            <p className="flex flex-wrap items-center gap-2">
              <b>Version {version.version}</b>
              <StatusBadge status={version.status} />
              {shown ? <span className="text-ink-3">shown here</span> : null}
            </p>
            <p className="text-ink-2">{version.reason}</p>
            <p className="text-ink-3">
              {version.author}, {formatDateTime(version.createdAt, timeZone)}
            </p>
            {version.changes.map((change) => (
              <p key={change.at.toISOString()} className="text-ink-3">
                {nameOf(change.from)} to {nameOf(change.to).toLowerCase()}: {change.reason} ({change.by},{" "}
                {formatDateTime(change.at, timeZone)})
              </p>
            ))}
            {version.reviews.map((review) => (
              <p key={review.id} className="text-ink-2">
                <b>{reviewWords[review.decision] ?? review.decision}</b> by {review.by},{" "}
                {formatDateTime(review.at, timeZone)}
                {review.summary ? `: ${review.summary}` : ""}
              </p>
            ))}
            {item.history.length > 1 ? (
              <p className="flex flex-wrap gap-x-4">
                {shown ? null : <TextLink href={`${bankPath}/${item.id}?version=${version.version}`}>Show</TextLink>}
                {before ? (
                  <TextLink
                    href={`${bankPath}/${item.id}?version=${version.version}&compare=${before.version}#difference`}
                  >
                    Compare with version {before.version}
                  </TextLink>
                ) : null}
              </p>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}

export function ItemDifference({
  before,
  after,
  changes,
}: {
  before: number;
  after: number;
  changes: readonly FieldChange[];
}) {
  return (
    <section id="difference" aria-labelledby="difference-title" className="mb-4">
      <h2 id="difference-title" className="pt-4 pb-1.5 text-ui">
        Version {before} to version {after}
      </h2>
      {changes.length === 0 ? (
        <p className="text-dense text-ink-2">Nothing differs.</p>
      ) : (
        <dl className="text-dense">
          {changes.map((change) => (
            <div
              key={change.field}
              className="grid gap-x-4 gap-y-1 border-t border-line py-2 wide:grid-cols-[12rem_minmax(0,1fr)_minmax(0,1fr)]"
            >
              <dt className="text-ink-3">{change.field}</dt>
              {change.words.length > 0 ? (
                <dd className="whitespace-pre-line wide:col-span-2">
                  {change.words.map(({ text, kind }, index) =>
                    kind === "same" ? (
                      <span key={index}>{text}</span>
                    ) : kind === "gone" ? (
                      <del key={index} className="bg-bad-soft text-bad decoration-1">
                        {text}
                      </del>
                    ) : (
                      <ins key={index} className="bg-ok-soft text-ok decoration-1">
                        {text}
                      </ins>
                    ),
                  )}
                </dd>
              ) : (
                <WholeChange change={change} />
              )}
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function WholeChange({ change }: { change: FieldChange }) {
  return (
    <>
      <dd className="whitespace-pre-line">
        <span className="sr-only">Before: </span>
        {change.before === null ? (
          <span className="text-ink-3">was not there</span>
        ) : (
          <del className="bg-bad-soft text-bad decoration-1">{change.before}</del>
        )}
      </dd>
      <dd className="whitespace-pre-line">
        <span className="sr-only">After: </span>
        {change.after === null ? (
          <span className="text-ink-3">taken out</span>
        ) : (
          <ins className="bg-ok-soft text-ok decoration-1">{change.after}</ins>
        )}
      </dd>
    </>
  );
}
