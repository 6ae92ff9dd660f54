import { z } from "zod";
import { makeReportPdf } from "../adapters/report-document.ts";
import { defineQuery } from "../kernel/define.ts";
import { getResult } from "./queries.ts";
import { reportFacts } from "./report-facts.ts";

/** A result's report as a document, drawn when it is asked for: for whoever may open its page. */
export const getReportPdf = defineQuery({
  name: "getReportPdf",
  permission: "account:own",
  input: z.object({ resultId: z.uuid() }),
  run: async (context, { resultId }) => {
    const result = await getResult(context, { resultId });
    const { awardingBody, publicUrl } = context.settings;
    const verifyAt = `${publicUrl.replace(/^https?:\/\//, "")}/verify`;
    return {
      content: await makeReportPdf(reportFacts(result, { awardingBody, verifyAt })),
      fileName: `result-${result.attempt.reference}-${result.version}.pdf`,
    };
  },
});
