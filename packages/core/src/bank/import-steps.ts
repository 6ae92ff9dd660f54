import type { CommandContext } from "../kernel/context.ts";
import { AppError, conflict } from "../kernel/errors.ts";
import { contentHash, sha256 } from "../kernel/hash.ts";
import { type ImportEffect, withMediaNames } from "./import-rules.ts";
import { decideEdit } from "./life-cycle-rules.ts";
import { type BankItem, mediaTypes } from "./schema.ts";
import { requireSharedText } from "./set-steps.ts";
import { storedItem, storedItemColumns } from "./stored-item.ts";
import { addItemVersion } from "./version-steps.ts";

/** An item of a file, ready to enter. */
export interface PreparedItem {
  readonly identifier: string;
  readonly item: BankItem;
  readonly format: string;
  readonly document: string;
  readonly contentHash: string;
  readonly media: readonly {
    readonly name: string;
    readonly content: Uint8Array;
    /** Null for pictures. */
    readonly sound: PreparedSound | null;
  }[];
  /** What a person has to settle before it may be used. */
  readonly questions: readonly { readonly field: string; readonly text: string }[];
}

export interface PreparedSound {
  readonly durationSeconds: number | null;
  /** LUFS and dBTP; null where nothing could be decoded. */
  readonly loudness: number | null;
  readonly peak: number | null;
  /** Why an upload of it would be refused. */
  readonly problem: string | null;
}

interface Taken {
  readonly effect: ImportEffect;
  readonly itemId: string;
  readonly versionId: string;
}

/**
 * Adds an imported item as a draft: a new item, or a new version of the one with its name. One that is in the bank already
 * as it stands in the file stays as it is.
 *
 * @throws CONFLICT where the name belongs to an item of another origin or cannot be edited now, INVALID as `addItemVersion`
 */
export async function takeItemIn(
  context: CommandContext,
  prepared: PreparedItem,
  by: { readonly authorId: string | null; readonly remarksBy: string; readonly reason: string },
): Promise<Taken> {
  const { tx, ids, now } = context;
  const item = withMediaNames(prepared.item, await storeMedia(context, prepared.media));
  const existing = await tx.item.findUnique({
    where: { slug: item.id },
    select: {
      id: true,
      versions: {
        orderBy: { version: "desc" },
        select: {
          ...storedItemColumns,
          id: true,
          version: true,
          status: true,
          source: { select: { identifier: true, contentHash: true } },
        },
      },
    },
  });
  const [newest] = existing?.versions ?? [];
  if (existing && newest) {
    const origin = existing.versions.find(({ source }) => source !== null)?.source;
    // An export of ours names it as we do, whatever it was called where it came from.
    const sameOrigin =
      origin === undefined || origin === null || [origin.identifier, item.id].includes(prepared.identifier);
    if (!sameOrigin) {
      throw conflict(`${item.id} is the name of another item here, imported as ${origin.identifier}.`);
    }
    const unchanged =
      newest.source?.contentHash === prepared.contentHash ||
      contentHash(asFarAsSaid(storedItem(item.id, newest), item)) === contentHash(item);
    if (unchanged) return { effect: "unchanged", itemId: existing.id, versionId: newest.id };
    const decision = decideEdit(existing.versions);
    if (!decision.ok) throw conflict(decision.why);
    await requireSharedText(tx, existing.id, item);
  }
  const added = await addItemVersion(context, { item, status: "draft", authorId: by.authorId, reason: by.reason });
  await tx.itemSource.create({
    data: {
      versionId: added.versionId,
      format: prepared.format,
      identifier: prepared.identifier,
      contentHash: prepared.contentHash,
      document: prepared.document,
    },
  });
  for (const question of prepared.questions) {
    await tx.itemComment.create({
      data: { id: ids.uuid(), versionId: added.versionId, ...question, byId: by.remarksBy, createdAt: now },
    });
  }
  return { effect: existing ? "new-version" : "created", itemId: added.itemId, versionId: added.versionId };
}

/** Tables carry no reviews: a file that says nothing of one does not mean that there was none. */
function asFarAsSaid(stored: BankItem, { review }: BankItem): BankItem {
  return { ...stored, review: review && stored.review };
}

/** Keeps the files under their names; one whose name means another file here gets a name of its own. @returns old name → new */
async function storeMedia(
  { tx, ids, now, storage }: CommandContext,
  media: PreparedItem["media"],
): Promise<Map<string, string>> {
  const renamed = new Map<string, string>();
  for (const { name, content, sound } of media) {
    const hash = sha256(content);
    const known = await tx.media.findUnique({ where: { name }, select: { sha256: true } });
    if (known?.sha256 === hash) continue;
    const own = known ? name.replace(/\.([a-z0-9]+)$/, `-${hash.slice(0, 8)}.$1`) : name;
    if (own !== name) renamed.set(name, own);
    if (known && (await tx.media.findUnique({ where: { name: own }, select: { id: true } }))) continue;
    const mimeType = Object.entries(mediaTypes).find(([ending]) => own.endsWith(`.${ending}`))?.[1];
    if (mimeType === undefined) throw new AppError("INVALID", `${name}: is of a kind the bank does not keep`);
    const storageKey = `bank/${hash}`;
    await storage.put(storageKey, content);
    await tx.media.create({
      data: {
        id: ids.uuid(),
        name: own,
        sha256: hash,
        mimeType,
        bytes: content.byteLength,
        durationSeconds: sound?.durationSeconds ?? null,
        loudness: sound?.loudness ?? null,
        peak: sound?.peak ?? null,
        storageKey,
        createdAt: now,
      },
    });
  }
  return renamed;
}
