import { defineCommand } from "../kernel/define.ts";
import { invalid } from "../kernel/errors.ts";
import { sha256 } from "../kernel/hash.ts";
import { mediaProblem } from "./rules.ts";
import { mediaUpload } from "./schema.ts";
import { measureSound } from "./sound.ts";
import { soundProblem, soundWarnings } from "./sound-rules.ts";

export interface StoredMedia {
  readonly name: string;
  /** Null for pictures. */
  readonly durationSeconds: number | null;
  readonly loudness: number | null;
  /** What to look at again before it is used. */
  readonly warnings: readonly string[];
}

/** Stores a sound or picture under a name that is never used again for other content. A sound is decoded and measured first. */
export const uploadMedia = defineCommand({
  name: "uploadMedia",
  permission: "item:write",
  input: mediaUpload,
  run: async (context, input): Promise<StoredMedia> => {
    const problem = mediaProblem(input.content, input.mimeType);
    if (problem) throw invalid("content", problem);
    const hash = sha256(input.content);
    const existing = await context.tx.media.findUnique({
      where: { name: input.name },
      select: { id: true, sha256: true },
    });
    if (existing && existing.sha256 !== hash) throw invalid("name", `${input.name} already names another file`);
    const sound = input.mimeType === "audio/mpeg" ? await measureSound(input.content) : null;
    const unfit = input.mimeType === "audio/mpeg" ? soundProblem(sound) : null;
    if (unfit) throw invalid("content", unfit);
    const measured = {
      durationSeconds: sound ? Math.round(sound.durationSeconds * 10) / 10 : null,
      loudness: sound?.loudness ?? null,
    };
    if (!existing) {
      const storageKey = `bank/${hash}`;
      await context.storage.put(storageKey, input.content);
      await context.tx.media.create({
        data: {
          id: context.ids.uuid(),
          name: input.name,
          sha256: hash,
          mimeType: input.mimeType,
          bytes: input.content.byteLength,
          ...measured,
          peak: sound?.peak ?? null,
          storageKey,
          createdAt: context.now,
        },
      });
    }
    context.audit({
      subjectType: "media",
      subjectId: input.name,
      detail: { sha256: hash, unchanged: existing !== null },
    });
    return { name: input.name, ...measured, warnings: sound ? soundWarnings(sound) : [] };
  },
});
