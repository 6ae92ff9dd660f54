import { PageHeader } from "./page-header.tsx";
import { StaffPage } from "./staff-shell.tsx";

/** A page's frame while its facts are read. */
export function PageSkeleton({ title }: { title: string }) {
  return (
    <StaffPage>
      <PageHeader level="staff" title={title} />
      <div className="skeleton grid gap-3 py-4" role="status">
        <span className="sr-only">Loading</span>
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <span key={row} aria-hidden="true" className="h-6 rounded-control bg-sunken last:max-w-1/2" />
        ))}
      </div>
    </StaffPage>
  );
}
