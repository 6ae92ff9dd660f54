import type { Context } from "../kernel/context.ts";
import { defineQuery } from "../kernel/define.ts";
import { AppError, notFound } from "../kernel/errors.ts";
import { type ExamItem, examContent } from "./exam-content.ts";
import { hearsHere } from "./hearing.ts";
import { candidateOf, openItem } from "./open-item.ts";
import { opensByItselfAt, playSlackSeconds, turnOfPlay } from "./rules.ts";
import { attemptInput, blueprint, heartbeatInput, mediaInput, pictureInput } from "./schema.ts";
import { anchorFor, readPlayTicket } from "./seals.ts";
import { outagesSince } from "./steps.ts";

interface StateRow {
  readonly reference: string;
  readonly status: string;
  readonly writer_epoch: number;
  readonly writer_client_id: string | null;
  readonly receipt: string | null;
  readonly submitted_at: number | null;
  readonly blueprint: unknown;
  readonly programme: string;
  readonly agreed: boolean;
  readonly sections: readonly {
    id: string;
    skill: ExamItem["skill"];
    position: number;
    status: "not_open" | "open" | "closed";
    openedAt: number | null;
    closedAt: number | null;
    seconds: number;
    items: number;
    answered: number;
  }[];
}

interface ItemRow {
  readonly id: string;
  readonly skill: ExamItem["skill"];
  readonly position: number;
  readonly content: unknown;
  readonly value: unknown;
  readonly flagged: boolean | null;
  readonly sequence: number | null;
  readonly epoch: number | null;
  readonly plays: readonly number[] | null;
  readonly asked: readonly { turn: number; rule: string; words: string }[] | null;
  readonly recordings: readonly { id: string; take: number; status: string }[] | null;
  readonly alternatives: readonly { sequence: number; value: unknown; madeAt: number }[] | null;
}

async function opensAt({ db }: Context, sections: StateRow["sections"], pauseSeconds: number): Promise<number | null> {
  const next = sections.find((section) => section.status === "not_open");
  const closedAt = sections.find((section) => section.position === (next?.position ?? 0) - 1)?.closedAt;
  if (closedAt == null) return null;
  return opensByItselfAt(closedAt, pauseSeconds, await outagesSince(db, closedAt));
}

/**
 * All the exam page needs, in two statements: how the attempt stands, and the items of the open section alone, without
 * keys, transcripts or file names, with their current answers.
 */
export const getExamState = defineQuery({
  name: "getExamState",
  permission: "attempt:sit",
  input: attemptInput,
  run: async (context, { attemptId }) => {
    const { db, settings } = context;
    const candidateId = candidateOf(context.viewer, attemptId);
    const [row] = await db.$queryRaw<StateRow[]>`
      select a.reference, a.status::text as status, a.writer_epoch, a.writer_client_id, a.receipt,
        (extract(epoch from a.submitted_at) * 1000)::float8 as submitted_at, p.blueprint, p.name as programme,
        exists (select 1 from consent c where c.attempt_id = a.id and c.kind = 'language_model') as agreed,
        coalesce((select jsonb_agg(jsonb_build_object(
            'id', s.id, 'skill', s.skill, 'position', s.position, 'status', s.status,
            'openedAt', (extract(epoch from s.opened_at) * 1000)::float8,
            'closedAt', (extract(epoch from s.closed_at) * 1000)::float8,
            'seconds', (select coalesce(sum(t.seconds), 0) from section_time_entry t where t.section_id = s.id),
            'items', c.items, 'answered', c.answered) order by s.position)
          from attempt_section s
          join lateral (
            select count(*) as items, count(r.*) filter (where r.value <> 'null'::jsonb) as answered
            from attempt_item i left join response r on r.attempt_item_id = i.id
            where i.attempt_id = a.id and i.skill = s.skill) c on true
          where s.attempt_id = a.id), '[]'::jsonb) as sections
      from attempt a join sitting t on t.id = a.sitting_id join programme p on p.id = t.programme_id
      where a.id = ${attemptId}::uuid and a.candidate_id = ${candidateId}::uuid
        and not exists (select 1 from interview_slot n where n.sitting_id = t.id)`;
    if (!row) throw notFound("This attempt");
    const open = row.status === "in_progress" ? row.sections.find((section) => section.status === "open") : undefined;
    const items = open
      ? await db.$queryRaw<ItemRow[]>`
          select i.id, i.skill::text as skill, i.position, v.content, r.value, r.flagged, r.sequence, r.epoch,
            (select jsonb_agg(y.number order by y.number) from audio_play y where y.attempt_item_id = i.id) as plays,
            (select jsonb_agg(jsonb_build_object('turn', b.turn, 'rule', b.rule, 'words', b.words))
               from partner_reply b where b.attempt_item_id = i.id) as asked,
            (select jsonb_agg(jsonb_build_object('id', c.id, 'take', c.take, 'status', c.status) order by c.take)
               from recording c where c.attempt_item_id = i.id) as recordings,
            (select jsonb_agg(jsonb_build_object('sequence', e.sequence, 'value', e.value,
                'madeAt', (extract(epoch from e.made_at) * 1000)::float8) order by e.id)
               from answer_entry e
               where e.attempt_item_id = i.id and e.standing = 'alternative' and e.id > coalesce(r.entry_id, 0)
                 and e.value is distinct from r.value) as alternatives
          from attempt_item i join item_version v on v.id = i.item_version_id
          left join response r on r.attempt_item_id = i.id
          where i.attempt_id = ${attemptId}::uuid and i.skill = ${open.skill}::skill
          order by i.position`
      : [];
    const now = context.clock.now().getTime();
    const programme = blueprint.parse(row.blueprint);
    return {
      attemptId,
      reference: row.reference,
      title: programme.title,
      status: row.status,
      epoch: row.writer_epoch,
      writerClientId: row.writer_client_id,
      receipt: row.receipt,
      submittedAt: row.submitted_at,
      now,
      anchor: anchorFor(settings.authSecret, attemptId, now),
      /** When the next section opens without the candidate; null while one is open, or none is left. */
      opensAt: await opensAt(context, row.sections, programme.pauseSeconds),
      sections: row.sections.map(({ openedAt, ...section }) => ({
        ...section,
        someUnscored: programme.sections.some(({ skill, pretest }) => skill === section.skill && pretest !== undefined),
        deadline: openedAt === null ? null : openedAt + section.seconds * 1000,
      })),
      items: items.map((item) => ({
        id: item.id,
        position: item.position,
        ...examContent(item.skill, item.content, programme.speaking, hearsHere(context, row)),
        response:
          item.sequence === null
            ? null
            : { value: item.value, flagged: item.flagged ?? false, sequence: item.sequence, epoch: item.epoch ?? 0 },
        plays: item.plays ?? [],
        /** What the partner of a conversation has asked back so far, by turn. */
        asked: item.asked ?? [],
        recordings: (item.recordings ?? []).filter((recording) => recording.status !== "discarded"),
        alternatives: item.alternatives ?? [],
      })),
    };
  },
});
export type ExamState = Awaited<ReturnType<typeof getExamState>>;

interface BeatRow {
  readonly status: string;
  readonly writer_epoch: number;
  readonly writer_client_id: string | null;
  readonly section_id: string | null;
  readonly deadline: number | null;
}

/** What every exam page asks for each 15 s: the signed time, the deadline of the open section, and whether it still writes. */
export const getHeartbeat = defineQuery({
  name: "getHeartbeat",
  permission: "attempt:deliver",
  input: heartbeatInput,
  run: async (context, { attemptId, clientId }) => {
    const candidateId = candidateOf(context.viewer, attemptId);
    const [row] = await context.db.$queryRaw<BeatRow[]>`
      select a.status::text as status, a.writer_epoch, a.writer_client_id, s.id as section_id,
        (extract(epoch from s.opened_at) * 1000)::float8 + 1000 *
          (select coalesce(sum(t.seconds), 0) from section_time_entry t where t.section_id = s.id)::float8 as deadline
      from attempt a left join attempt_section s on s.attempt_id = a.id and s.status = 'open'
      where a.id = ${attemptId}::uuid and a.candidate_id = ${candidateId}::uuid`;
    if (!row) throw notFound("This attempt");
    const now = context.clock.now().getTime();
    return {
      now,
      anchor: anchorFor(context.settings.authSecret, attemptId, now),
      epoch: row.writer_epoch,
      isWriter: row.writer_client_id === clientId,
      state: row.status,
      sectionId: row.section_id,
      deadline: row.deadline,
    };
  },
});

/** The file behind a play's ticket. Only while the section of its item is open: nothing can be fetched before or after. */
export const findPlayedMedia = defineQuery({
  name: "findPlayedMedia",
  permission: "attempt:sit",
  input: mediaInput,
  run: async (context, { attemptId, ticket }) => {
    const play = readPlayTicket(context.settings.authSecret, ticket);
    if (!play) throw notFound("This recording");
    const now = context.clock.now().getTime();
    if (now > play.expires + playSlackSeconds * 1000) throw new AppError("LOCKED", "This play is over.");
    const { content } = await openItem(context.db, context.viewer, { attemptId, attemptItemId: play.attemptItemId });
    const name = content.stimulus?.media ?? content.turn?.media ?? content.turns?.[turnOfPlay(play.number)]?.media;
    return mediaFile(context, name);
  },
});

/** A picture of a task or of a stimulus, by its place. Like sound, only while the section of its item is open. */
export const findTaskPicture = defineQuery({
  name: "findTaskPicture",
  permission: "attempt:sit",
  input: pictureInput,
  run: async (context, { attemptId, attemptItemId, block }) => {
    const { content } = await openItem(context.db, context.viewer, { attemptId, attemptItemId });
    const { picture, stimulus } = content;
    return mediaFile(context, block === undefined ? picture?.media : stimulus?.blocks?.[block]?.media);
  },
});

type QueryContext = Parameters<typeof getExamState.definition.run>[0];

async function mediaFile(context: QueryContext, name: string | undefined) {
  const media = name
    ? await context.db.media.findUnique({ where: { name }, select: { storageKey: true, mimeType: true, bytes: true } })
    : null;
  if (!media) throw notFound("This file");
  return media;
}
