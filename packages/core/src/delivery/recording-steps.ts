import type { SqlTransaction } from "@bandwise/db/client";

/**
 * Sets the takes aside that were replaced: the answer names another one, which can be heard. Asked for by whichever comes
 * last, the answer or the joined sound.
 */
export async function discardReplaced(tx: SqlTransaction, recordingIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    update recording old set status = 'discarded'
    from recording me join response r on r.attempt_item_id = me.attempt_item_id
    where me.id = any(${[...recordingIds]}::uuid[]) and me.status = 'processed' and r.value ->> 'recordingId' = me.id::text
      and old.attempt_item_id = me.attempt_item_id and old.id <> me.id and old.status in ('complete', 'processed')`;
}
