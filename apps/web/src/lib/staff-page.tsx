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

/**
 * A page that may take a while. Who may see it is settled before the first byte leaves, so that a stranger is still redirected and
 * whoever may not is still told 404 (a `loading.tsx` would answer 200 first); then its frame shows while it reads.
 */
export function staffPage(
  permission: Permission,
  title: string,
  read: (props: StaffPageProps) => Promise<ReactNode>,
): (asked: Asked) => Promise<ReactNode> {
  return async ({ searchParams }) => {
    const context = await requirePage(permission);
    // Not as props: while developing, React writes those of server components into the page.
    const Facts = () => read({ searchParams, context });
    return (
      <Suspense fallback={<PageSkeleton title={title} />}>
        <Facts />
      </Suspense>
    );
  };
}
