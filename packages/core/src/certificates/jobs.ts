import { makeCertificatePdf } from "../adapters/certificate-document.ts";
import { sha256 } from "../kernel/hash.ts";
import { handleJob, type JobHandler } from "../kernel/jobs.ts";
import { issueCertificateJob } from "../results/schema.ts";
import { issueCertificate, storePdf } from "./commands.ts";
import { findFactsToPrint } from "./queries.ts";
import { renderPdfJob } from "./schema.ts";

/** The same facts make the same bytes under the same key: run twice, it stores one document. */
const renderPdf = handleJob(renderPdfJob, async (context, { certificateId }) => {
  const facts = await findFactsToPrint(context, { certificateId });
  if (!facts) return;
  const { content, unprintable } = await makeCertificatePdf(
    facts,
    `${context.settings.publicUrl}/verify/${facts.code}`,
  );
  if (unprintable > 0) {
    context.log.warn(
      { certificateId, characters: unprintable },
      "a certificate's name is not in our fonts: it points to the verification page instead",
    );
  }
  const pdfKey = `certificates/${certificateId}.pdf`;
  await context.storage.put(pdfKey, content);
  await storePdf(context, { certificateId, pdfKey, sha256: sha256(content), unprintable });
});

export const certificateJobs: readonly JobHandler[] = [
  handleJob(issueCertificateJob, async (context, payload) => {
    await issueCertificate(context, payload);
  }),
  renderPdf,
];
