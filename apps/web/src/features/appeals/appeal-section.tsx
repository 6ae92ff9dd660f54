import { Badge } from "@/ui/badge.tsx";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { formatDate } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { withdrawAppealAction } from "./actions.ts";
import { AskForRemarkDialog } from "./ask-dialog.tsx";
import { appealStates, feeWords, type MyAppeals, skillList, statusForYou } from "./words.ts";

/** At the end of a result: what a candidate can do who thinks that its marks are wrong, and how it goes. */
export function AppealSection({ resultId, mine, timeZone }: { resultId: string; mine: MyAppeals; timeZone: string }) {
  const { terms, appeals, refusal, until, skills, cameOf } = mine;
  if (refusal !== null && appeals.length === 0 && cameOf === null) return null;
  return (
    <section className="rule-top mt-8 pt-5 pb-9 print:hidden" aria-labelledby="appeal">
      <h2 id="appeal">Re-mark</h2>
      {cameOf === null ? null : (
        <p className="mt-0.5 max-w-[72ch] text-ink-2">
          This result comes of the re-mark of {skillList(cameOf)} that you asked for.
          {refusal !== null && appeals.length === 0 ? " It is final." : ""}
        </p>
      )}
      {appeals.map((appeal) => (
        <div key={appeal.id} className="mt-4 grid max-w-[72ch] gap-2 border-t border-line pt-4">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <b>{skillList(appeal.skills)}</b>
            <Badge tone={appealStates[appeal.status].tone}>
              {appeal.status === "marked" ? "Being checked" : appealStates[appeal.status].label}
            </Badge>
            <span className="text-ui text-ink-3">
              asked {formatDate(appeal.askedAt, timeZone)}
              {appeal.closedAt === null ? `, answer by ${formatDate(appeal.dueAt, timeZone)}` : ""}
              {appeal.fee === "none" ? "" : `, ${feeWords[appeal.fee]}`}
            </span>
          </p>
          <p className="text-ink-2">
            {statusForYou(appeal.status)}
            {appeal.note === "" ? "" : ` ${appeal.note}`}{" "}
            {appeal.newResultId === null ? null : (
              <TextLink href={`/results/${appeal.newResultId}`}>Open the new result</TextLink>
            )}
          </p>
          {appeal.withdrawable ? (
            <p>
              <ConfirmDialog
                triggerLabel="Take it back"
                title="Take the request back?"
                consequence="Your result stays as it is. Until the time for it is over you can ask again."
                confirmLabel="Take it back"
                action={withdrawAppealAction}
              >
                <input type="hidden" name="appealId" value={appeal.id} />
              </ConfirmDialog>
            </p>
          ) : null}
        </div>
      ))}
      {refusal !== null ? null : (
        <>
          <p className="mt-0.5 max-w-[72ch] text-ink-2">
            Do you think that your {skillList(skills)} was marked wrongly? Until {formatDate(until, timeZone)} you can
            ask that a senior examiner, who does not know the first marks, marks it anew; you have an answer within{" "}
            {terms.answerWithinDays} days. {terms.fee ? "There is a fee." : "It costs nothing."}
          </p>
          <div className="mt-3">
            <AskForRemarkDialog resultId={resultId} skills={skills} fee={terms.fee} />
          </div>
        </>
      )}
    </section>
  );
}
