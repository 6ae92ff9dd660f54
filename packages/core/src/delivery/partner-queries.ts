import { defineQuery } from "../kernel/define.ts";
import { AppError, notFound } from "../kernel/errors.ts";
import { hasModel, replyTo } from "./hearing.ts";
import { openItem } from "./open-item.ts";
import { hearTurnInput } from "./schema.ts";

/** What the partner of a conversation asks back after the answer to one of its turns; null where it goes on. */
export const hearTurn = defineQuery({
  name: "hearTurn",
  permission: "attempt:sit",
  input: hearTurnInput,
  run: async (context, { attemptId, attemptItemId, turn, samples }) => {
    const { content, programme, agreed } = await openItem(context.db, context.viewer, { attemptId, attemptItemId });
    const answered = content.turns?.[turn];
    if (answered === undefined) throw notFound("This turn");
    const asked = context.memory.of("turns heard", () => new Map<string, number>());
    const key = `${attemptItemId} ${turn}`;
    const times = (asked.get(key) ?? 0) + 1;
    if (times > hearingsMax) throw new AppError("LOCKED", "This turn has been answered.");
    if (asked.size >= keptHearings) asked.clear();
    asked.set(key, times);
    const { speaker, text, listensFor: cue } = answered;
    const mayLeave = agreed && hasModel(context, programme);
    return replyTo(context, { situation: content.prompt ?? "", speaker, text, cue, mayLeave }, samples);
  },
});

/** A page that was reloaded asks again; who asks oftener wants a transcript for nothing. */
const hearingsMax = 3;
const keptHearings = 10_000;
