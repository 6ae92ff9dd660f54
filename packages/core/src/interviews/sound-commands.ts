import { finishRecording, keepPiece, unfinished } from "../delivery/recording-steps.ts";
import { defineSqlCommand } from "../kernel/define.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { putSoundInput } from "./schema.ts";

/** Each reload of a page begins another take. */
const takesMax = 40;

/**
 * A piece of an interview's sound, from its examiner's microphone or from its candidate's. The first piece of a take begins
 * it; one that is sent when the recorder has stopped says how many there are, and is told which are missing.
 */
export const putInterviewSound = defineSqlCommand({
  name: "putInterviewSound",
  permission: "interview:record",
  audit: "ledger",
  input: putSoundInput,
  run: async (context, input) => {
    const { tx, now } = context;
    const { attemptId, recordingId } = input;
    const { personId } = requirePerson(context.viewer);
    const [place] = await tx.$queryRaw<{ candidate_id: string; item_id: string; asked: boolean }[]>`
      select a.candidate_id, i.id as item_id, n.examiner_id = ${personId}::uuid or exists (
        select 1 from interview_entry e where e.attempt_id = a.id
          and e.value ->> 'kind' = 'microphone' and e.value ->> 'side' = 'candidate') as asked
      from attempt a join interview n on n.attempt_id = a.id join attempt_item i on i.attempt_id = a.id
      where a.id = ${attemptId}::uuid and ${personId}::uuid in (a.candidate_id, n.examiner_id)`;
    if (!place) throw notFound("This interview");
    // Marks may rest on this sound long after: the candidate's side gives none that its examiner did not ask for.
    if (!place.asked) throw new AppError("LOCKED", "Your examiner records this interview.");
    if (input.index === 0) {
      // One take after the other: two that begin at once would want the same number.
      await tx.$queryRaw`select 1 from attempt where id = ${attemptId}::uuid for no key update`;
      const [begun] = await tx.$queryRaw<{ takes: number; mine: boolean }[]>`
        select coalesce(max(take), 0)::int as takes, coalesce(bool_or(id = ${recordingId}::uuid), false) as mine
        from recording where attempt_item_id = ${place.item_id}::uuid`;
      const { takes = 0, mine = false } = begun ?? {};
      if (!mine) {
        if (takes >= takesMax) throw new AppError("LOCKED", "This interview has been recorded too often.");
        const startedAt = new Date(Math.min(input.madeAt, now.getTime()));
        const begunHere = await tx.$executeRaw`
          insert into recording (id, attempt_item_id, take, client_id, mime_type, started_at)
          values (${recordingId}::uuid, ${place.item_id}::uuid, ${takes + 1}, ${input.clientId}::uuid,
                  ${input.mimeType.toLowerCase()}, ${startedAt}::timestamptz)
          on conflict (id) do nothing`;
        if (begunHere === 0) throw conflict("Another recording has this number.");
      }
    }
    await keepPiece(context, input, place.candidate_id);
    return input.chunkCount === undefined ? unfinished : finishRecording(context, recordingId, input.chunkCount);
  },
});
