import { defineQuery } from "../kernel/define.ts";
import { sweepGraceMs } from "./rules.ts";
import { nothing, recordingInput } from "./schema.ts";

/** Attempts whose clock has made something due: the exact decision is taken again under the lock. */
export const listDueAttempts = defineQuery({
  name: "listDueAttempts",
  permission: "attempt:sweep",
  input: nothing,
  run: async (context) => {
    const now = context.clock.now();
    const rows = await context.db.$queryRaw<{ id: string }[]>`
      select a.id from attempt a
      where a.status = 'in_progress'
        and not exists (select 1 from interview_slot n where n.sitting_id = a.sitting_id)
        and not exists (
        select 1 from attempt_section s
        where s.attempt_id = a.id and s.status = 'open'
          and s.opened_at + make_interval(secs =>
            (select coalesce(sum(t.seconds), 0) from section_time_entry t where t.section_id = s.id) + ${sweepGraceMs / 1000}::float8)
            >= ${now})
      order by a.id limit 500`;
    return rows.map((row) => row.id);
  },
});

export const recordingToProcess = defineQuery({
  name: "recordingToProcess",
  permission: "attempt:sweep",
  input: recordingInput,
  run: async (context, { recordingId }) => {
    const recording = await context.db.recording.findUnique({
      where: { id: recordingId },
      select: {
        status: true,
        chunkCount: true,
        attemptItem: { select: { attemptId: true } },
        chunks: { orderBy: { index: "asc" }, select: { index: true, sha256: true, bytes: true, storageKey: true } },
      },
    });
    if (recording?.status !== "complete" || recording.chunkCount === null) return null;
    const { chunkCount, chunks, attemptItem } = recording;
    return { chunkCount, attemptId: attemptItem.attemptId, chunks: chunks.slice(0, chunkCount) };
  },
});
