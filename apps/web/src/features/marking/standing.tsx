import type { getMarkerStanding } from "@bandwise/core/marking/qualification-queries";
import { Badge, type BadgeTone } from "@/ui/badge.tsx";
import { formatCount, formatDateTime, formatShortDate } from "@/ui/format.ts";
import { LinkButton, TextLink } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { ActButton } from "./act-button.tsx";
import { takeAdjudicationAction } from "./lead-actions.ts";
import { skillNames } from "./words.ts";

export type SkillStanding = Awaited<ReturnType<typeof getMarkerStanding>>["skills"][number];

export const stateWords: Readonly<Record<SkillStanding["state"], { words: string; tone: BadgeTone }>> = {
  qualified: { words: "Qualified", tone: "ok" },
  expired: { words: "Qualification expired", tone: "warn" },
  failed: { words: "Not qualified yet", tone: "warn" },
  withdrawn: { words: "Qualification withdrawn", tone: "warn" },
  never: { words: "Not qualified yet", tone: "warn" },
};

/** Whether an examiner may mark each skill, what she still has to do for it, and what waits for her decision. */
export function Standing({
  skills,
  timeZone,
  senior,
}: {
  skills: readonly SkillStanding[];
  timeZone: string;
  senior: boolean;
}) {
  return (
    <div className="mb-5 grid gap-3">
      {skills.map((one) =>
        one.hold ? (
          <Notice
            key={`hold-${one.skill}`}
            tone="warn"
            title={`Your ${skillNames[one.skill]} queue stands still`}
            action={
              <LinkButton size="sm" href={`/marking/hold/${one.skill}`}>
                {one.hold.appealed ? "See it again" : "See why, and appeal"}
              </LinkButton>
            }
          >
            Since {formatDateTime(one.hold.openedAt, timeZone)}:{" "}
            {formatCount(one.hold.missed, "agreed mark was", "agreed marks were")} missed. What you have marked is kept;
            a senior examiner decides how you go on.
          </Notice>
        ) : null,
      )}
      <dl className="grid gap-x-8 gap-y-2 desk:grid-cols-2">
        {skills.map((one) => (
          <div key={one.skill} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <dt className="font-semibold">{skillNames[one.skill]}</dt>
            <dd className="flex flex-wrap items-center gap-x-3 gap-y-1 text-dense">
              <Badge tone={stateWords[one.state].tone}>{stateWords[one.state].words}</Badge>
              {one.state === "qualified" && one.newest?.validUntil ? (
                <span className="text-ink-2">until {formatShortDate(one.newest.validUntil, timeZone)}</span>
              ) : null}
              <TextLink href={`/marking/qualification/${one.skill}`}>
                {one.state === "qualified" ? "Qualification" : `Qualify for ${skillNames[one.skill]}`}
              </TextLink>
              {senior && one.adjudications > 0 ? (
                <ActButton
                  label={`Decide ${formatCount(one.adjudications, "adjudication", "adjudications")}`}
                  none="Nothing waits for your decision: others may have it, or you gave one of the marks."
                  action={takeAdjudicationAction.bind(null, one.skill)}
                />
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
