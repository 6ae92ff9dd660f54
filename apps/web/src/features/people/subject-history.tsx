import type { AuditRow } from "@bandwise/core/audit/queries";
import { actionWords, actorWords, momentWords } from "./audit-words.tsx";

/** What has been done with one thing, as the audit has it, the newest first. */
export function SubjectHistory({ entries, timeZone }: { entries: readonly AuditRow[]; timeZone: string }) {
  return (
    <ul className="border-t border-line text-dense">
      {entries.map((entry) => (
        <li
          key={entry.id}
          className="flex flex-wrap justify-between gap-x-4 border-b border-line py-1.5 last:border-b-0"
        >
          <span>
            {actionWords(entry.action)} <span className="text-ink-3">by {actorWords(entry)}</span>
          </span>
          <span className="text-ink-3 tabular-nums">{momentWords(entry.at, timeZone)}</span>
        </li>
      ))}
    </ul>
  );
}
