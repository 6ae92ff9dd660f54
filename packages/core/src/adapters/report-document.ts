import type { ReportFacts } from "@bandwise/credentials/report-pdf";

/** Draws a result's report. The drawing code and its fonts load when the first one is asked for. */
export async function makeReportPdf(facts: ReportFacts): Promise<Uint8Array> {
  const { renderReport } = await import("@bandwise/credentials/report-pdf");
  return renderReport(facts);
}
