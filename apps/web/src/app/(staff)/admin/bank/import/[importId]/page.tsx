import { getImport } from "@bandwise/core/bank/import-queries";
import { importOutcomes } from "@bandwise/core/bank/import-rules";
import type { Metadata } from "next";
import { BankPlaces } from "@/features/bank/bank-places.tsx";
import { ImportDecision, LookAgain } from "@/features/bank/import/import-decision.tsx";
import { effectCount, ImportStatus } from "@/features/bank/import/import-names.tsx";
import { ImportReportTable } from "@/features/bank/import/import-report.tsx";
import { bankPath, importPath } from "@/features/bank/list-params.ts";
import { pageLinks } from "@/features/lists/page-links.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { formatInteger } from "@/ui/format.ts";
import { NavTabs } from "@/ui/nav-tabs.tsx";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { ProgressBar } from "@/ui/progress-bar.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, type SearchParams, withParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Import" };

const labels = { accepted: "Accepted", warnings: "With warnings", rejected: "Rejected" } as const;

export default async function ImportReportPage({
  params,
  searchParams,
}: {
  params: Promise<{ importId: string }>;
  searchParams: Promise<SearchParams>;
}) {
  const context = await requirePage("item:import");
  const { importId } = await params;
  const asked = await searchParams;
  const outcome = importOutcomes.find((one) => one === firstParam(asked.outcome));
  const report = await forPage(
    getImport(context, { importId, outcome, page: firstParam(asked.page) ?? 1, pageSize: 50 }),
  );
  const path = `${importPath}/${importId}`;
  const busy = report.status === "checking" || report.status === "importing";
  const all = Object.values(report.counts).reduce((sum, count) => sum + count, 0);
  const sound = all - (report.counts.rejected ?? 0);
  const effects = Object.entries(report.effects).map(([effect, count]) => effectCount(effect, count));
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title={<span className="break-all">{report.fileName}</span>}
        note={<ImportStatus status={report.status} />}
      />
      <BankPlaces viewer={context.viewer} current={importPath} />
      <div className="measure grid gap-3 py-4">
        {busy ? (
          <>
            <ProgressBar
              label={report.status === "checking" ? "Files read" : "Files done"}
              value={report.done}
              max={Math.max(1, report.total)}
              text={report.total === 0 ? "…" : `${formatInteger(report.done)} of ${formatInteger(report.total)}`}
            />
            <LookAgain />
          </>
        ) : null}
        {report.failure === null ? null : (
          <Notice tone="bad" title="This file cannot be read">
            <p className="break-words">{report.failure}</p>
          </Notice>
        )}
        {report.status === "checked" ? <ImportDecision importId={importId} sound={sound} /> : null}
        {report.status === "done" ? <Notice tone="ok" title={`Imported: ${effects.join(", ") || "nothing"}`} /> : null}
      </div>
      {report.failure !== null && all === 0 ? null : (
        <>
          <NavTabs
            label="Outcome"
            tabs={[
              { href: path, label: "All", count: all, current: outcome === undefined },
              ...importOutcomes.map((one) => ({
                href: withParams(path, {}, { outcome: one }),
                label: labels[one],
                count: report.counts[one] ?? 0,
                current: outcome === one,
              })),
            ]}
          />
          <ImportReportTable rows={report.entries.rows} bankPath={bankPath} />
          <Pagination {...pageLinks(path, asked, report.entries)} />
        </>
      )}
    </StaffPage>
  );
}
