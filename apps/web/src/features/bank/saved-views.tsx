import { BookmarkPlus, Pencil, Trash2 } from "lucide-react";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { withParams } from "@/ui/url.ts";
import { bankPath, type ListParams } from "./list-params.ts";
import { deleteViewAction, renameViewAction, saveViewAction } from "./view-actions.ts";

interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly query: Readonly<Record<string, string>>;
}

/** The address of a list without what is no part of a view. */
export function viewQuery(params: ListParams): Readonly<Record<string, string>> {
  const { page: _page, map: _map, ...query } = params;
  return query;
}

export function viewHref(view: SavedView): string {
  return withParams(bankPath, {}, view.query);
}

export function isView(params: ListParams, query: Readonly<Record<string, string>>): boolean {
  const sorted = (entries: object) => JSON.stringify(Object.entries(entries).sort());
  return sorted(viewQuery(params)) === sorted(query);
}

/** Keeps the list as it stands, or changes the view that is open. */
export function SavedViewTools({ params, views }: { params: ListParams; views: readonly SavedView[] }) {
  const query = viewQuery(params);
  const open = views.find((view) => isView(params, view.query));
  if (open) {
    return (
      <div className="flex flex-wrap gap-2">
        <ConfirmDialog
          triggerLabel="Rename view"
          triggerSize="sm"
          triggerIcon={<Pencil className="ico" aria-hidden="true" />}
          title={`Rename “${open.name}”`}
          consequence={<p>Only you see your views.</p>}
          confirmLabel="Rename"
          action={renameViewAction}
        >
          <input type="hidden" name="viewId" value={open.id} />
          <TextField name="name" label="Name" defaultValue={open.name} required maxLength={60} />
        </ConfirmDialog>
        <ConfirmDialog
          triggerLabel="Delete view"
          triggerSize="sm"
          triggerIcon={<Trash2 className="ico" aria-hidden="true" />}
          title={`Delete “${open.name}”?`}
          consequence={<p>The view goes; the items stay as they are.</p>}
          confirmLabel="Delete"
          action={deleteViewAction}
        >
          <input type="hidden" name="viewId" value={open.id} />
        </ConfirmDialog>
      </div>
    );
  }
  if (Object.keys(query).length === 0) return null;
  return (
    <ConfirmDialog
      triggerLabel="Save view"
      triggerSize="sm"
      triggerIcon={<BookmarkPlus className="ico" aria-hidden="true" />}
      title="Save this view"
      consequence={<p>Filters and sorting as they are now, beside the other views. Only you see it.</p>}
      confirmLabel="Save"
      action={saveViewAction}
    >
      <input type="hidden" name="query" value={new URLSearchParams(query).toString()} />
      <TextField name="name" label="Name" required maxLength={60} />
    </ConfirmDialog>
  );
}
