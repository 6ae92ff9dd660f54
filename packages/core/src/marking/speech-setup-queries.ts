import { z } from "zod";
import { speakingContent } from "../bank/speaking-schema.ts";
import type { Context } from "../kernel/context.ts";
import { defineQuery } from "../kernel/define.ts";
import { noAnswer } from "./speech-rules.ts";
import { lastTryKey, type SpeechTry, speechTry } from "./speech-setup-schema.ts";

async function readLastTry(storage: Context["storage"]): Promise<SpeechTry | null> {
  if ((await storage.size(lastTryKey)) === null) return null;
  const text = new TextDecoder().decode(await storage.get(lastTryKey));
  return speechTry.nullable().catch(null).parse(JSON.parse(text));
}

const lookBackMs = 86_400_000;

/** Which speech-to-text this installation has, how it did when it was tried last, and what machine rating lacks without one. */
export const getSpeechSetup = defineQuery({
  name: "getSpeechSetup",
  permission: "marking:govern",
  input: z.object({}),
  run: async ({ db, clock, settings, speechToText, storage }) => {
    const configured = settings.speechToText;
    const withMachine = await db.script.aggregate({
      where: { status: "with_machine" },
      _count: true,
      _min: { waitingSince: true },
    });
    const unheard = await db.machineRating.aggregate({
      where: {
        createdAt: { gt: new Date(clock.now().getTime() - lookBackMs) },
        criteria: { array_contains: [{ reason: noAnswer }] },
      },
      _count: true,
      _max: { createdAt: true },
    });
    return {
      configured: configured && {
        kind: configured.kind,
        // Never the key: that there is one is enough.
        address: "url" in configured ? new URL(configured.url).host : null,
        hasKey: "key" in configured && configured.key !== null && configured.key !== "",
        model: "model" in configured ? configured.model : configured.locale,
      },
      capabilities: speechToText?.capabilities ?? null,
      /** Who asks back in conversations, beside the words of their tasks. */
      partner: settings.partner && {
        host: new URL(settings.partner.url).host,
        hasKey: settings.partner.key !== null,
        ...{ model: settings.partner.model, programmes: settings.partner.programmes },
        answersPerDay: settings.partner.answersPerDay,
        /** So many of its questions were asked, and of the words of tasks, in the last day. */
        asked: await repliesSince(db, new Date(clock.now().getTime() - lookBackMs)),
      },
      voice: settings.partnerVoice && {
        host: new URL(settings.partnerVoice.url).host,
        hasKey: settings.partnerVoice.key !== null,
        ...{ model: settings.partnerVoice.model, voice: settings.partnerVoice.voice },
      },
      lastTry: await readLastTry(storage),
      /** Answers on their way, and since when the oldest of them. */
      withMachine: { count: withMachine._count, since: withMachine._min.waitingSince },
      /** Answers of the last day for which the service failed each time it was asked. */
      unheard: { count: unheard._count, last: unheard._max.createdAt },
      /** Answers that examiners have to rate, wholly or in part, because the machine could not. */
      withExaminers: await db.script.count({
        where: {
          status: { in: ["waiting", "leased"] },
          attempt: { sitting: { programme: { name: { startsWith: "iet-" } } } },
        },
      }),
    };
  },
});

async function repliesSince(db: Context["db"], since: Date): Promise<{ model: number; cue: number }> {
  const [model, cue] = await Promise.all(
    (["model", "cue"] as const).map((rule) => db.partnerReply.count({ where: { rule, saidAt: { gt: since } } })),
  );
  return { model: model ?? 0, cue: cue ?? 0 };
}

/** A sentence of the bank with its recording: a partner's turn in a dialogue. */
export const findSpeechSample = defineQuery({
  name: "findSpeechSample",
  permission: "marking:sweep",
  input: z.object({}),
  run: async ({ db }) => {
    const item = await db.itemVersion.findFirst({
      where: { type: "dialogue", status: "active" },
      orderBy: { id: "asc" },
      select: { content: true },
    });
    const task = item && speakingContent.parse(item.content);
    const turn = task?.type === "dialogue" ? task.turns[0] : undefined;
    const media = turn && (await db.media.findUnique({ where: { name: turn.media } }));
    return turn && media ? { said: turn.text, storageKey: media.storageKey, mimeType: media.mimeType } : null;
  },
});
