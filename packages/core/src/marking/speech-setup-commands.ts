import { z } from "zod";
import { defineCommand } from "../kernel/define.ts";
import { lastTryKey, type SpeechTry, trySpeechToTextJob } from "./speech-setup-schema.ts";

export const trySpeechToText = defineCommand({
  name: "trySpeechToText",
  permission: "marking:govern",
  input: z.object({}),
  run: async (context) => {
    const tryId = context.ids.uuid();
    const begun: SpeechTry = {
      ...{ tryId, at: context.now, said: null, heard: null, failure: null, milliseconds: null },
    };
    await context.storage.put(lastTryKey, Buffer.from(JSON.stringify(begun)));
    context.enqueue(trySpeechToTextJob, { tryId });
    context.audit({ subjectType: "speech-to-text", subjectId: tryId });
    return { tryId };
  },
});
