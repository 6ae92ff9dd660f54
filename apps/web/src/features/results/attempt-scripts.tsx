import type { getAttemptResults } from "@bandwise/core/results/queries";
import { inWords, sectionNames } from "@bandwise/core/results/report-words";
import { IELP } from "@bandwise/scoring/schemes/ielp";
import { IELTS_SPEAKING } from "@bandwise/scoring/schemes/ielts-speaking";
import { IET_SPEAKING } from "@bandwise/scoring/schemes/iet-speaking";
import { ReopenDialog } from "@/features/marking/reopen-dialog.tsx";
import { Badge, type BadgeTone } from "@/ui/badge.tsx";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatMark, formatShortDate, formatTime } from "@/ui/format.ts";

type Attempt = Awaited<ReturnType<typeof getAttemptResults>>;
type Script = Attempt["scripts"][number];
type Rating = Script["ratings"][number];

const states: Readonly<Record<Script["status"], { label: string; tone: BadgeTone }>> = {
  waiting: { label: "Waiting", tone: "plain" },
  leased: { label: "With an examiner", tone: "plain" },
  rated: { label: "Rated", tone: "accent" },
  adjudication: { label: "Adjudication", tone: "warn" },
  settled: { label: "Settled", tone: "ok" },
  cannot_be_marked: { label: "Cannot be marked", tone: "warn" },
  with_machine: { label: "With the machine", tone: "plain" },
};

/** Each script with who rated it, when, with which scores and under which version of the rubric. */
export function AttemptScripts({ scripts, timeZone }: { scripts: readonly Script[]; timeZone: string }) {
  const rows = scripts.flatMap((script): { key: string; script: Script; rating: Rating | null }[] =>
    script.ratings.length === 0
      ? [{ key: script.key, script, rating: null }]
      : script.ratings.map((rating) => ({ key: rating.id, script, rating })),
  );
  return (
    <DataTable
      caption="Scripts and their ratings"
      rows={rows}
      rowKey={({ key }) => key}
      empty={
        <EmptyState title="No scripts yet">
          <p>Scripts are made when the attempt is submitted.</p>
        </EmptyState>
      }
      columns={[
        {
          id: "script",
          header: "Script",
          cell: ({ script }) => (
            <span className="whitespace-nowrap">
              {sectionNames[script.skill]}
              {script.level === "all" ? "" : `, task ${script.level}`}
            </span>
          ),
        },
        {
          id: "code",
          header: "Code",
          phone: "plain",
          cell: ({ script: { script } }) =>
            script === null ? <span className="text-ink-3">Hidden: you mark</span> : <code>{script.code}</code>,
        },
        {
          id: "status",
          header: "State",
          phone: "plain",
          cell: ({ script }) => (
            <>
              <Badge tone={states[script.status].tone}>{states[script.status].label}</Badge>
              {script.reopenedBecause === null ? null : (
                <span className="block max-w-[40ch] text-small text-ink-3">Sent back: {script.reopenedBecause}</span>
              )}
            </>
          ),
        },
        { id: "rater", header: "Rated by", cell: ({ script, rating }) => <Rater script={script} rating={rating} /> },
        {
          id: "when",
          header: "When",
          phone: "plain",
          cell: ({ rating }) => {
            if (rating?.finalAt == null) return null;
            return (
              <span className="tabular-nums whitespace-nowrap">
                {formatShortDate(rating.finalAt, timeZone)}, {formatTime(rating.finalAt, timeZone)}
              </span>
            );
          },
        },
        {
          id: "rubric",
          header: "Rubric",
          phone: "plain",
          cell: ({ rating }) =>
            rating === null ? null : (
              <span className="whitespace-nowrap">
                <code>{rating.rubric.name}</code> v{rating.rubric.version}
              </span>
            ),
        },
        {
          id: "scores",
          header: "Scores",
          phone: "plain",
          cell: ({ script, rating }) =>
            rating === null ? null : <Scores rating={rating} criteria={criteriaOf(script.skill, rating)} />,
        },
        {
          id: "actions",
          header: <span className="sr-only">Actions</span>,
          align: "right",
          phone: "plain",
          // Once per script, beside the mark it would set aside.
          cell: ({ script, rating }) =>
            script.script !== null && script.reopenable && rating?.status === "final" ? (
              <ReopenDialog
                scriptId={script.script.id}
                code={script.script.code}
                consequence="It is marked anew, with the answer as it is now. The marks so far stay on record and no longer count."
              />
            ) : null,
        },
      ]}
    />
  );
}

function Rater({ script, rating }: { script: Script; rating: Rating | null }) {
  if (rating === null) {
    return (
      <span className="text-ink-3">{script.status === "settled" ? "Nobody: no response was given" : "Nobody yet"}</span>
    );
  }
  return (
    <span className="whitespace-nowrap">
      {rating.rater.name}
      {rating.role === "adjudication" ? <span className="text-ink-3">, adjudication</span> : null}
      {rating.status === "final" ? null : <span className="text-ink-3">, {rating.status}</span>}
      {script.outcome && rating.status === "final" ? <Counts outcome={script.outcome} ratingId={rating.id} /> : null}
    </span>
  );
}

const rules: Readonly<Record<NonNullable<Script["outcome"]>["rule"], string>> = {
  single: "the only mark asked for",
  "within-tolerance": "both within tolerance",
  adjudicated: "decides between the two",
  "adjudicated-with-nearest": "the senior’s and the nearest",
  "re-marked": "the re-mark’s",
  machine: "the machine’s, as the scheme asks",
  "with-machine": "with the machine’s beside it",
};

/** Whether a mark is part of the result, and why. */
function Counts({ outcome, ratingId }: { outcome: NonNullable<Script["outcome"]>; ratingId: string }) {
  return (
    <span className="block text-dense text-ink-2">
      {outcome.counting.includes(ratingId) ? `Counts: ${rules[outcome.rule]}` : "Kept, does not count"}
      {outcome.difference ? (
        <span className="text-ink-3 tabular-nums"> ({formatMark(outcome.difference.criterion)} apart at most)</span>
      ) : null}
    </span>
  );
}

/** The order of the rubric; what is stored as JSON has none. */
function criteriaOf(skill: Script["skill"], { rubric }: Rating): readonly string[] {
  if (rubric.scheme === IELTS_SPEAKING.id) return IELTS_SPEAKING.criteria;
  if (rubric.scheme === IET_SPEAKING.id) return IET_SPEAKING.criteria;
  return skill === "writing" || skill === "speaking" ? IELP.sections[skill].criteria : [];
}

function Scores({ rating, criteria }: { rating: Rating; criteria: readonly string[] }) {
  return (
    <span className="grid gap-0.5">
      <span className="flex flex-wrap gap-x-3 tabular-nums">
        {criteria.map((criterion) => {
          const score = rating.scores[criterion];
          return score === undefined ? null : (
            <span key={criterion} className="whitespace-nowrap">
              <span className="text-ink-3">{inWords(criterion)}</span> <b>{formatMark(score)}</b>
            </span>
          );
        })}
      </span>
      {rating.cannotMark === null ? null : (
        <span className="text-warn">Could not be marked: {inWords(rating.cannotMark).toLowerCase()}</span>
      )}
      {rating.outdated ? <span className="text-warn">Given before a later answer, made in time, arrived</span> : null}
      {rating.comment === "" ? null : <span className="text-ink-2">“{rating.comment}”</span>}
    </span>
  );
}
