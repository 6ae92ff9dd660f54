import type { Page } from "@bandwise/core/kernel/page";
import { formatInteger } from "@/ui/format.ts";
import { type SearchParams, withParams } from "@/ui/url.ts";

/** What `Pagination` needs to know about a page of a list. */
export function pageLinks(path: string, params: SearchParams, list: Omit<Page<unknown>, "rows">) {
  const { page, pageSize, total } = list;
  const last = Math.max(1, Math.ceil(total / pageSize));
  const first = (page - 1) * pageSize + 1;
  const summary =
    total === 0
      ? ""
      : `${formatInteger(first)}–${formatInteger(Math.min(total, page * pageSize))} of ${formatInteger(total)}`;
  return {
    summary,
    previousHref: page > 1 ? withParams(path, params, { page: page === 2 ? null : page - 1 }) : undefined,
    nextHref: page < last ? withParams(path, params, { page: page + 1 }) : undefined,
  };
}
