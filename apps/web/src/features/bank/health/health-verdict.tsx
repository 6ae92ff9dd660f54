import { type BankHealth, type HealthState, healthPolicy } from "@bandwise/core/bank/health";
import { Check, CircleAlert, type LucideIcon, TriangleAlert } from "lucide-react";
import { Badge } from "@/ui/badge.tsx";
import { Notice } from "@/ui/notice.tsx";
import { StatStrip, StatTile } from "@/ui/stat-tile.tsx";
import { skillNames } from "../names.ts";

const words: Readonly<
  Record<HealthState, { tone: "ok" | "warn" | "bad"; icon: LucideIcon; badge: string; title: string; text: string }>
> = {
  green: {
    tone: "ok",
    icon: Check,
    badge: "Healthy",
    title: "can go live",
    text: `Every candidate is sure of ${healthPolicy.sittingsWanted} sittings or more without meeting an item again.`,
  },
  amber: {
    tone: "warn",
    icon: TriangleAlert,
    badge: "Thin",
    title: "can go live, and the bank is thin",
    text: `Some slots hold fewer than ${healthPolicy.sittingsWanted} sittings for a candidate who comes again. Write before they run out.`,
  },
  red: {
    tone: "bad",
    icon: CircleAlert,
    badge: "Short",
    title: "cannot go live",
    text: "No new sitting can be opened until the bank holds what is named here.",
  },
};

export function HealthBadge({ state }: { state: HealthState }) {
  const { tone, icon: Icon, badge } = words[state];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden="true" />}>
      {badge}
    </Badge>
  );
}

/** The answer first: may this programme run, and if not, why. */
export function HealthVerdict({ title, health }: { title: string; health: BankHealth }) {
  const { tone, title: verdict, text } = words[health.state];
  const reasons = health.sections.flatMap((section) => section.reasons);
  return (
    <div className="grid gap-4 py-4">
      <Notice tone={tone} title={`${title} ${verdict}`}>
        <p>{text}</p>
        {reasons.length > 0 ? (
          <ul className="mt-1 list-disc pl-5">
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        ) : null}
      </Notice>
      <StatStrip>
        {health.sections.map((section) => (
          <StatTile
            key={section.skill}
            label={skillNames[section.skill]}
            value={section.sittingsLeft}
            note={`${section.sittingsLeft === 1 ? "sitting" : "sittings"} without a repeat, ${Math.round(section.overlap * 100)} % overlap`}
            tone={section.state === "red" ? "bad" : "plain"}
          />
        ))}
      </StatStrip>
    </div>
  );
}
