import type { PrismaClient } from "@bandwise/db/client";
import { z } from "zod";
import { notFound } from "../kernel/errors.ts";
import type { Viewer } from "../kernel/policy.ts";

/** Who the candidate behind the call is: the signed-in person, or the one the exam token names. */
export function candidateOf(viewer: Viewer, attemptId: string): string {
  if (viewer.kind === "person") return viewer.personId;
  if (viewer.kind === "exam" && viewer.attemptId === attemptId) return viewer.candidateId;
  throw notFound("This attempt");
}

/** What is asked of an item's content while it is answered. */
const liveContent = z.object({
  prompt: z.string().optional(),
  whenShort: z.object({ prompt: z.string() }).optional(),
  stimulus: z
    .object({
      media: z.string().optional(),
      blocks: z.array(z.object({ type: z.string(), media: z.string().optional() })).optional(),
    })
    .optional(),
  turn: z.object({ media: z.string() }).optional(),
  turns: z
    .array(
      z.object({
        speaker: z.string(),
        text: z.string(),
        media: z.string(),
        listensFor: z.object({ words: z.array(z.string()), otherwise: z.string() }).optional(),
      }),
    )
    .optional(),
  picture: z.object({ media: z.string() }).optional(),
});

/** An item of the section that is open now, for its candidate alone. */
export async function openItem(
  db: Pick<PrismaClient, "$queryRaw">,
  viewer: Viewer,
  { attemptId, attemptItemId }: { readonly attemptId: string; readonly attemptItemId: string },
): Promise<{
  content: z.output<typeof liveContent>;
  programme: string;
  /** The candidate agreed to a language model elsewhere as partner. */
  agreed: boolean;
}> {
  const candidateId = candidateOf(viewer, attemptId);
  const [row] = await db.$queryRaw<{ content: unknown; programme: string; agreed: boolean }[]>`
    select v.content, p.name as programme,
      exists (select 1 from consent c where c.attempt_id = a.id and c.kind = 'language_model') as agreed from attempt_item i
    join attempt a on a.id = i.attempt_id and a.status = 'in_progress'
    join sitting t on t.id = a.sitting_id join programme p on p.id = t.programme_id
    join attempt_section s on s.attempt_id = a.id and s.skill = i.skill and s.status = 'open'
    join item_version v on v.id = i.item_version_id
    where i.id = ${attemptItemId}::uuid and a.id = ${attemptId}::uuid and a.candidate_id = ${candidateId}::uuid`;
  if (!row) throw notFound("This file");
  return { content: liveContent.parse(row.content), programme: row.programme, agreed: row.agreed };
}
