import { openContent } from "../bank/speaking-schema.ts";
import { ageAt } from "../delivery/rules.ts";
import { blueprint } from "../delivery/schema.ts";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { sha256 } from "../kernel/hash.ts";
import { requirePerson } from "../kernel/policy.ts";
import { currentRubric } from "../marking/rubric-steps.ts";
import { rubricFile } from "../marking/schema.ts";
import { bands, cardViewOf, ledgerOf, stateOf } from "./ledger.ts";
import { coolingOffSecondsDefault } from "./rules.ts";
import { cardCodeInput, interviewInput } from "./schema.ts";
import { heldInterviews } from "./scope.ts";
import { type InterviewScript, scriptOf } from "./script.ts";

const sessionSelect = {
  extraTimePercent: true,
  sitting: { select: { programme: { select: { title: true, blueprint: true } } } },
  items: { select: { itemVersion: { select: { content: true } } } },
  interview: {
    select: {
      status: true,
      entries: { orderBy: { id: "asc" }, select: { sequence: true, value: true, madeAt: true } },
    },
  },
} as const;

/** Null until the interview has begun: its questions are allotted then. */
function scriptFor(attempt: {
  readonly extraTimePercent: number;
  readonly sitting: { readonly programme: { readonly blueprint: unknown } };
  readonly items: readonly { readonly itemVersion: { readonly content: unknown } }[];
}): InterviewScript | null {
  const content = openContent.safeParse(attempt.items[0]?.itemVersion.content).data;
  if (content?.type !== "interview") return null;
  const { speaking } = blueprint.parse(attempt.sitting.programme.blueprint);
  // Extra time lengthens every span of the interview alike.
  const more = 1 + attempt.extraTimePercent / 100;
  return scriptOf(content, {
    prepareScale: speaking.prepareScale * more,
    answerScale: speaking.answerScale * more,
  });
}

/** Everything an examiner's console shows of one interview. Hers alone. */
export const getInterviewConsole = defineQuery({
  name: "getInterviewConsole",
  permission: "interview:hold",
  input: interviewInput,
  run: async (context, { attemptId }) => {
    const row = await context.db.attempt.findFirst({
      where: { AND: [{ id: attemptId }, heldInterviews(context.viewer)] },
      select: {
        ...sessionSelect,
        id: true,
        reference: true,
        status: true,
        endReason: true,
        candidate: {
          select: {
            name: true,
            dateOfBirth: true,
            accommodations: { where: { endedAt: null }, select: { extraTimePercent: true } },
          },
        },
        sitting: {
          select: {
            startsAt: true,
            endsAt: true,
            cancelledAt: true,
            centre: { select: { name: true, timeZone: true, address: true } },
            programme: { select: { title: true, blueprint: true } },
          },
        },
        items: {
          select: {
            itemVersion: { select: { content: true } },
            recordings: {
              orderBy: { take: "asc" },
              select: { id: true, take: true, status: true, durationSeconds: true },
            },
          },
        },
        interview: {
          select: {
            status: true,
            scores: true,
            comment: true,
            finishedAt: true,
            amendableUntil: true,
            finalAt: true,
            finalBy: true,
            entries: { orderBy: { id: "asc" }, select: { sequence: true, value: true, madeAt: true } },
          },
        },
      },
    });
    if (!row) throw notFound("This interview");
    const now = context.clock.now();
    const rubric = await currentRubric(context.db, "ielts-speaking", "speaking");
    const { interview, candidate, sitting, items } = row;
    const { dateOfBirth } = candidate;
    const { programme, ...place } = sitting;
    return {
      attemptId: row.id,
      reference: row.reference,
      attemptStatus: row.status,
      endReason: row.endReason,
      candidate: {
        name: candidate.name,
        age: dateOfBirth ? ageAt(dateOfBirth.getTime(), now.getTime()) : null,
      },
      extraTimePercent:
        row.status === "booked"
          ? Math.max(0, ...candidate.accommodations.map((entry) => entry.extraTimePercent))
          : row.extraTimePercent,
      guardianAge: context.settings.guardianAge,
      sitting: { ...place, programme: programme.title },
      coolingOffSeconds: blueprint.parse(programme.blueprint).interview?.coolingOffSeconds ?? coolingOffSecondsDefault,
      status: interview?.status ?? null,
      bands: bands.safeParse(interview?.scores).data ?? null,
      comment: interview?.comment ?? "",
      amendableUntil: interview?.amendableUntil?.getTime() ?? null,
      finalAt: interview?.finalAt ?? null,
      finalBy: interview?.finalBy ?? null,
      script: scriptFor(row),
      rubric: rubricFile.parse(rubric.data),
      entries: ledgerOf(interview?.entries ?? []),
      recordings: items.flatMap(({ recordings }) => recordings),
      now: now.getTime(),
    };
  },
});
export type InterviewConsole = Awaited<ReturnType<typeof getInterviewConsole>>;

type CardAttempt = Parameters<typeof scriptFor>[0] & {
  readonly sitting: { readonly programme: { readonly title: string } };
  readonly interview: { readonly entries: readonly { sequence: number; value: unknown; madeAt: Date }[] } | null;
};

/** What lies before the candidate: the card while she prepares and speaks, and nothing of the interview otherwise. */
function cardOf(attempt: CardAttempt, now: Date) {
  const script = scriptFor(attempt);
  const state = stateOf(ledgerOf(attempt.interview?.entries ?? []));
  const view = script ? cardViewOf(state, script) : { phase: "waiting" as const };
  const shown = view.phase === "prepare" || view.phase === "speak";
  return {
    programme: attempt.sitting.programme.title,
    view,
    card: shown && script ? script.card : null,
    recording: state.recording,
    microphone: state.microphone,
    now: now.getTime(),
  };
}
export type InterviewCard = ReturnType<typeof cardOf>;

/** The signed-in candidate's own screen. */
export const getMyInterviewCard = defineQuery({
  name: "getMyInterviewCard",
  permission: "booking:own",
  input: interviewInput,
  run: async ({ db, viewer, clock }, { attemptId }): Promise<InterviewCard> => {
    const { personId } = requirePerson(viewer);
    const attempt = await db.attempt.findFirst({
      where: { id: attemptId, candidateId: personId, sitting: { interview: { isNot: null } } },
      select: sessionSelect,
    });
    if (!attempt) throw notFound("This interview");
    return cardOf(attempt, clock.now());
  },
});

/** The same on a device of the room, opened by the code that the examiner reads out. */
export const getInterviewCardByCode = defineQuery({
  name: "getInterviewCardByCode",
  permission: "interview:card",
  input: cardCodeInput,
  run: async ({ db, clock }, { code }): Promise<InterviewCard> => {
    const now = clock.now();
    const attempt = await db.attempt.findFirst({
      where: { interview: { is: { cardCodeHash: sha256(code), cardCodeExpiresAt: { gt: now } } } },
      select: sessionSelect,
    });
    if (!attempt) throw notFound("A screen with this code");
    return cardOf(attempt, now);
  },
});
