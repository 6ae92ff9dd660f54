import { z } from "zod";
import { defineCommand } from "../kernel/define.ts";
import { conflict, invalid, notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";

/** More than fit above a list anyway. */
const mostViews = 30;
const viewName = z.string().trim().min(1, "needs a name").max(60);
/** The list's address as it stands: names and values, as few and short as the list itself allows. */
const viewQuery = z.record(z.string().max(40), z.string().max(200)).refine((query) => Object.keys(query).length <= 30);

/** Keeps the list as it stands under a name of one's own; the same name again replaces it. */
export const saveView = defineCommand({
  name: "saveView",
  permission: "item:read",
  input: z.object({ name: viewName, query: viewQuery }),
  run: async (context, { name, query }) => {
    const { personId } = requirePerson(context.viewer);
    const key = { personId, list: "items", name };
    const known = await context.tx.savedView.findUnique({ where: { personId_list_name: key }, select: { id: true } });
    if (!known && (await context.tx.savedView.count({ where: { personId, list: "items" } })) >= mostViews) {
      throw conflict(`${mostViews} views are kept. Delete one first.`);
    }
    const id = known?.id ?? context.ids.uuid();
    await context.tx.savedView.upsert({
      where: { personId_list_name: key },
      create: { id, ...key, query, createdAt: context.now },
      update: { query },
    });
    context.audit({ subjectType: "saved_view", subjectId: id, detail: {} });
    return { viewId: id };
  },
});

export const renameView = defineCommand({
  name: "renameView",
  permission: "item:read",
  input: z.object({ viewId: z.uuid(), name: viewName }),
  run: async (context, { viewId, name }) => {
    const { personId } = requirePerson(context.viewer);
    const other = await context.tx.savedView.findUnique({
      where: { personId_list_name: { personId, list: "items", name } },
      select: { id: true },
    });
    if (other && other.id !== viewId) throw invalid("name", `${name} names another view of yours`);
    const renamed = await context.tx.savedView.updateMany({ where: { id: viewId, personId }, data: { name } });
    if (renamed.count === 0) throw notFound("The view");
    context.audit({ subjectType: "saved_view", subjectId: viewId, detail: { renamed: true } });
    return { viewId };
  },
});

export const deleteView = defineCommand({
  name: "deleteView",
  permission: "item:read",
  input: z.object({ viewId: z.uuid() }),
  run: async (context, { viewId }) => {
    const { personId } = requirePerson(context.viewer);
    const gone = await context.tx.savedView.deleteMany({ where: { id: viewId, personId } });
    if (gone.count === 0) throw notFound("The view");
    context.audit({ subjectType: "saved_view", subjectId: viewId, detail: { deleted: true } });
    return { viewId };
  },
});
