import type { PrismaClient } from "@bandwise/db/client";
import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";

import { can, type Viewer } from "../kernel/policy.ts";
import { type FormSetState, formSetState } from "./form-set-rules.ts";
import {
  decideEdit,
  decideMove,
  decideReview,
  type ItemMove,
  type ItemStatus,
  isApproval,
  isProtectedAnchor,
  itemMoveNames,
  itemMoves,
  type VersionFacts,
} from "./life-cycle-rules.ts";
import type { BankItem } from "./schema.ts";
import { soundWarnings, transcriptFindings } from "./sound-rules.ts";
import { storedItem, storedItemColumns } from "./stored-item.ts";

/** One item with everything known about it: the version asked for (or the one lists show), its history, reviews, remarks, set and enemies. */
export const getItem = defineQuery({
  name: "getItem",
  permission: "item:read",
  input: z.object({ itemId: z.uuid(), version: z.number().int().optional() }),
  run: async ({ db, viewer }, input) => {
    const row = await readItem(db, input.itemId);
    const shown = row?.versions.find((version) =>
      input.version === undefined ? version.id === row.currentId : version.version === input.version,
    );
    if (!row || !shown) throw notFound("The item");
    const nameOf = await namesOf(
      db,
      row.versions.flatMap((version) => [
        version.authorId,
        ...version.changes.map(({ byId }) => byId),
        ...version.reviews.map(({ reviewerId }) => reviewerId),
        ...version.comments.flatMap(({ byId, resolvedById }) => [byId, resolvedById]),
      ]),
    );
    const versions = row.versions.map((version) => ({
      id: version.id,
      version: version.version,
      status: version.status,
      anchor: version.anchor,
      approved: isApproval(version.reviews[0]?.decision),
      reason: version.reason,
      author: nameOf(version.authorId),
      createdAt: version.createdAt,
      changes: version.changes.map((change) => ({ ...change, by: change.byId ? nameOf(change.byId) : "A rule" })),
      reviews: version.reviews.map(({ reviewerId, ...review }) => ({ ...review, by: nameOf(reviewerId) })),
    }));
    const comments = row.versions
      .flatMap((version) =>
        version.comments.map(({ byId, resolvedById, ...comment }) => ({
          ...comment,
          version: version.version,
          by: nameOf(byId),
          resolvedBy: comment.resolvedAt ? nameOf(resolvedById) : null,
        })),
      )
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
    const facts: VersionFacts = {
      status: shown.status,
      authorId: shown.authorId,
      anchor: shown.anchor,
      approved: isApproval(shown.reviews[0]?.decision),
      openComments: comments.filter(({ resolvedAt }) => resolvedAt === null).length,
    };
    const edit = decideEdit(row.versions);
    const item = storedItem(row.slug, shown);
    return {
      id: row.id,
      slug: row.slug,
      currentVersion: row.versions.find((version) => version.id === row.currentId)?.version ?? null,
      latestVersion: row.versions[0]?.version ?? shown.version,
      exposure: row.exposure.reduce((sum, shard) => sum + shard.allotted, 0),
      presented: row.exposure.reduce((sum, shard) => sum + shard.presented, 0),
      shown: {
        id: shown.id,
        version: shown.version,
        status: shown.status,
        hash: shown.hash,
        approved: facts.approved,
        item,
        sound: item.skill === "listening" ? await soundOf(db, item) : null,
      },
      openComments: facts.openComments,
      comments,
      history: versions,
      set: row.set && { ...row.set, mates: row.set.items.filter(({ id }) => id !== row.id).map(listed) },
      enemies: [
        ...row.enemies.map(({ higher, reason }) => ({ ...listed(higher), reason })),
        ...row.enemyOf.map(({ lower, reason }) => ({ ...listed(lower), reason })),
      ],
      /** The printed and parallel forms that it stands in, set by set. */
      formSets: setsOf(row.fixedPlaces),
      /** What this person may do with the version shown. */
      may: {
        seeFormSets: can(viewer, "form-set:manage"),
        moves: movesFor(viewer, facts),
        review: viewer.kind === "person" && can(viewer, "item:review") && decideReview(facts, viewer.personId).ok,
        edit: can(viewer, "item:write") && edit.ok,
        /** Why nobody may edit it now. */
        editRefusal: edit.ok ? null : edit.why,
        takeOutOfAnchorPool: can(viewer, "item:release") && isProtectedAnchor(facts),
        relate: can(viewer, "item:relate"),
        changeSet: can(viewer, "item:write"),
      },
    };
  },
});
export type ItemDetail = Awaited<ReturnType<typeof getItem>>;

/** The recording as it was measured, and what in it or its transcript wants a second look. */
async function soundOf(db: PrismaClient, item: Extract<BankItem, { skill: "listening" }>) {
  const media = await db.media.findUnique({
    where: { name: item.content.stimulus.media },
    select: { durationSeconds: true, loudness: true, peak: true },
  });
  const { problems, warnings } = transcriptFindings(item, media?.durationSeconds ?? null);
  return {
    durationSeconds: media?.durationSeconds ?? null,
    loudness: media?.loudness ?? null,
    warnings: [
      ...Object.values(problems).map((rule) => `The transcript ${rule}`),
      ...warnings,
      ...(media ? soundWarnings(media) : []),
    ],
  };
}

const mate = { select: { id: true, slug: true, current: { select: { status: true, level: true } } } } as const;

function readItem(db: PrismaClient, itemId: string) {
  return db.item.findUnique({
    where: { id: itemId },
    select: {
      id: true,
      slug: true,
      currentId: true,
      exposure: { select: { allotted: true, presented: true } },
      set: { select: { id: true, slug: true, title: true, items: { orderBy: { slug: "asc" }, ...mate } } },
      enemies: { select: { reason: true, higher: mate } },
      fixedPlaces: {
        where: { form: { set: { retiredAt: null } } },
        orderBy: [{ form: { set: { createdAt: "asc" } } }, { form: { label: "asc" } }],
        select: {
          form: {
            select: { label: true, set: { select: { id: true, name: true, publishedAt: true, retiredAt: true } } },
          },
        },
      },
      enemyOf: { select: { reason: true, lower: mate } },
      versions: {
        orderBy: { version: "desc" },
        select: {
          ...storedItemColumns,
          id: true,
          version: true,
          status: true,
          hash: true,
          authorId: true,
          reason: true,
          createdAt: true,
          changes: { orderBy: { at: "asc" }, select: { from: true, to: true, reason: true, at: true, byId: true } },
          reviews: {
            orderBy: { at: "desc" },
            select: { id: true, decision: true, summary: true, checklist: true, at: true, reviewerId: true },
          },
          comments: {
            orderBy: { createdAt: "asc" },
            select: {
              id: true,
              field: true,
              text: true,
              byId: true,
              createdAt: true,
              resolvedAt: true,
              resolvedById: true,
            },
          },
        },
      },
    },
  });
}

type FixedPlace = NonNullable<Awaited<ReturnType<typeof readItem>>>["fixedPlaces"][number];

function setsOf(places: readonly FixedPlace[]) {
  const sets = new Map<string, { id: string; name: string; state: FormSetState; forms: string[] }>();
  for (const { form } of places) {
    const { id, name } = form.set;
    const known = sets.get(id) ?? { id, name, state: formSetState(form.set), forms: [] };
    known.forms.push(form.label);
    sets.set(id, known);
  }
  return [...sets.values()];
}

function listed({
  id,
  slug,
  current,
}: {
  id: string;
  slug: string;
  current: { status: ItemStatus; level: string } | null;
}) {
  return { id, slug, status: current?.status ?? ("draft" as const), level: current?.level ?? "" };
}

/** Names for ids; whoever has no account any more is still somebody, and nobody at all is the starter bank. */
async function namesOf(db: PrismaClient, ids: readonly (string | null)[]): Promise<(id: string | null) => string> {
  const people = await db.person.findMany({
    where: { id: { in: [...new Set(ids.filter((id) => id !== null))] } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return (id) => (id === null ? "Starter bank" : (names.get(id) ?? "A former member"));
}

function movesFor(viewer: Viewer, version: VersionFacts): ItemMove[] {
  return itemMoveNames.filter((move) => can(viewer, itemMoves[move].permission) && decideMove(move, version).ok);
}

/** A file of the bank, for staff: candidates get theirs through their exam. */
export const getMedia = defineQuery({
  name: "getMedia",
  permission: "item:read",
  input: z.object({ name: z.string().max(80) }),
  run: async ({ db }, { name }) => {
    const media = await db.media.findUnique({
      where: { name },
      select: { storageKey: true, mimeType: true },
    });
    if (!media) throw notFound("The file");
    return media;
  },
});

/** A set with its members, and the text they share as the newest version of the first has it. */
export const getItemSet = defineQuery({
  name: "getItemSet",
  permission: "item:read",
  input: z.object({ setId: z.uuid() }),
  run: async ({ db }, { setId }) => {
    const set = await db.itemSet.findUnique({
      where: { id: setId },
      select: {
        id: true,
        slug: true,
        title: true,
        items: {
          orderBy: { slug: "asc" },
          select: {
            id: true,
            slug: true,
            versions: { orderBy: { version: "desc" }, select: { ...storedItemColumns, version: true, status: true } },
          },
        },
      },
    });
    if (!set) throw notFound("The set");
    const members = set.items.flatMap(({ id, slug, versions }) => {
      const newest = versions.find(({ status }) => status !== "retired");
      if (!newest) return [];
      const edit = decideEdit(versions);
      return [
        {
          id,
          slug,
          status: newest.status,
          latestVersion: versions[0]?.version ?? newest.version,
          refusal: edit.ok ? null : edit.why,
          item: storedItem(slug, newest),
        },
      ];
    });
    return { id: set.id, slug: set.slug, title: set.title, members };
  },
});
