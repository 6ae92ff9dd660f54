import PDFDocument from "pdfkit";

/** An A4 document after PDF/UA-1; the same drawing gives the same bytes, because its dates are given. */
export async function taggedPdf(
  {
    layout,
    title,
    author,
    subject,
    at,
  }: {
    readonly layout: "portrait" | "landscape";
    readonly title: string;
    readonly author: string;
    readonly subject: string;
    readonly at: Date;
  },
  draw: (document: PDFKit.PDFDocument) => void,
): Promise<Uint8Array> {
  const document = new PDFDocument({
    size: "A4",
    layout,
    margin: 0,
    pdfVersion: "1.7",
    // The types do not know this subset yet.
    ...({ subset: "PDF/UA" } as object),
    tagged: true,
    lang: "en-GB",
    displayTitle: true,
    // No default font: an unembedded Helvetica has no place in an accessible file.
    font: "",
    // How many pages there are is known when all are drawn.
    bufferPages: true,
    info: {
      Title: title,
      Author: author,
      Subject: subject,
      Creator: "Bandwise",
      Producer: "Bandwise",
      CreationDate: at,
      ModDate: at,
    },
  });
  const chunks: Buffer[] = [];
  const finished = new Promise<Uint8Array>((resolve, reject) => {
    document.on("data", (chunk: Buffer) => chunks.push(chunk));
    document.on("end", () => resolve(Buffer.concat(chunks)));
    document.on("error", reject);
  });
  draw(document);
  document.end();
  return finished;
}
