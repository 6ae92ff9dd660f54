import "server-only";
import type { Permission } from "@bandwise/core/kernel/policy";
import { type ReactNode, Suspense } from "react";
import { PageSkeleton } from "@/ui/page-skeleton.tsx";
import type { SearchParams } from "@/ui/url.ts";
import { type PersonContext, requirePage } from "./guards.ts";

interface Asked {
  readonly searchParams: Promise<SearchParams>;
}
export type StaffPageProps = Asked & { readonly context: PersonContext };

/** Once a frame is shown React keeps it for 300 ms: a page that is read sooner than this goes out whole. */
const patienceMs = 400;

/**
 * A page that may take a while. Who may see it is settled before the first byte leaves, so that a stranger is still redirected and
 * whoever may not is still told 404 (a `loading.tsx` would answer 200 first); if it then takes long to read, its frame shows meanwhile.
 */
export function staffPage(
  permission: Permission,
  title: string,
  read: (props: StaffPageProps) => Promise<ReactNode>,
): (asked: Asked) => Promise<ReactNode> {
  return async ({ searchParams }) => {
    const context = await requirePage(permission);
    const reading = read({ searchParams, context });
    const early = await Promise.race([
      reading.then((page) => ({ page })),
      new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null)),
    ]);
    if (early !== null) return early.page;
    const Later = () => reading;
    return (
      <Suspense fallback={<PageSkeleton title={title} />}>
        <Later />
      </Suspense>
    );
  };
}
