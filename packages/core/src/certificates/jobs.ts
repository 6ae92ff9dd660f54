import { makeCertificatePdf } from "../adapters/certificate-document.ts";
import { contentHash, sha256 } from "../kernel/hash.ts";
import { handleJob, type JobHandler } from "../kernel/jobs.ts";
import { issueCertificateJob } from "../results/schema.ts";
import { issueBadge } from "./badge-commands.ts";
import { issueCertificate, storePdf } from "./commands.ts";
import { findFactsToPrint } from "./queries.ts";
import { renderPdfJob, tellRecipientsJob } from "./schema.ts";
import { forgetRecipients } from "./share-commands.ts";
import { findRecipients } from "./share-queries.ts";

/** The same facts and the one badge make the same bytes under the same key: run twice, it stores one document. */
const renderPdf = handleJob(renderPdfJob, async (context, { certificateId }) => {
  const facts = await findFactsToPrint(context, { certificateId });
  if (!facts) return;
  const { embedded } = await issueBadge(context, { certificateId });
  const { content, unprintable } = await makeCertificatePdf(
    facts,
    `${context.settings.publicUrl}/verify/${facts.code}`,
    embedded,
  );
  if (unprintable > 0) {
    context.log.warn(
      { certificateId, characters: unprintable },
      "a certificate's name is not in our fonts: it points to the verification page instead",
    );
  }
  const pdfKey = `certificates/${certificateId}.pdf`;
  await context.storage.put(pdfKey, content);
  const { stored } = await storePdf(context, {
    ...{ certificateId, pdfKey, sha256: sha256(content), unprintable },
    factsHash: contentHash(facts),
  });
  // Its holder was erased while it was drawn: the erasure could not know of it.
  if (!stored) await context.storage.delete(pdfKey);
});

/** One mail a recipient, however many links they hold. A retry may write twice; better than not at all. */
const tellRecipients = handleJob(tellRecipientsJob, async (context, { certificateId, forget = false }) => {
  const told = await findRecipients(context, { certificateId });
  if (!told) return;
  for (const to of told.addresses) {
    await context.mailer.send({
      to,
      subject: `A certificate you were shown has been ${told.status === "revoked" ? "revoked" : "replaced"}`,
      text: [
        `${told.awardingBody} has ${told.status === "revoked" ? "revoked" : "replaced"} a certificate that its holder had shown you through ${context.settings.publicUrl}.`,
        told.status === "revoked"
          ? "It must not be relied on any more. The link you were given says since when and why."
          : "The scores you saw no longer apply. Ask the holder for the new certificate.",
      ].join("\n\n"),
    });
  }
  if (forget) await forgetRecipients(context, { certificateId });
});

export const certificateJobs: readonly JobHandler[] = [
  handleJob(issueCertificateJob, async (context, payload) => {
    await issueCertificate(context, payload);
  }),
  renderPdf,
  tellRecipients,
];
