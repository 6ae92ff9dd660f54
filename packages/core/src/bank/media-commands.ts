import { defineCommand } from "../kernel/define.ts";
import { invalid } from "../kernel/errors.ts";
import { sha256 } from "../kernel/hash.ts";
import { mediaProblem } from "./rules.ts";
import { mediaUpload } from "./schema.ts";

/** Stores an audio file or picture under a name that is never used again for other content. */
export const uploadMedia = defineCommand({
  name: "uploadMedia",
  permission: "item:write",
  input: mediaUpload,
  run: async (context, input) => {
    const problem = mediaProblem(input.content, input.mimeType);
    if (problem) throw invalid("content", problem);
    const hash = sha256(input.content);
    const existing = await context.tx.media.findUnique({
      where: { name: input.name },
      select: { id: true, sha256: true },
    });
    if (existing && existing.sha256 !== hash) throw invalid("name", `${input.name} already names another file`);
    if (existing) {
      context.audit({ subjectType: "media", subjectId: existing.id, detail: { sha256: hash, unchanged: true } });
      return { name: input.name };
    }
    const id = context.ids.uuid();
    const storageKey = `bank/${hash}`;
    await context.storage.put(storageKey, input.content);
    await context.tx.media.create({
      data: {
        id,
        name: input.name,
        sha256: hash,
        mimeType: input.mimeType,
        bytes: input.content.byteLength,
        durationSeconds: input.durationSeconds ?? null,
        storageKey,
        createdAt: context.now,
      },
    });
    context.audit({ subjectType: "media", subjectId: id, detail: { sha256: hash } });
    return { name: input.name };
  },
});
