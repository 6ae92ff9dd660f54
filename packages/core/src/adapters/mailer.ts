import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import type { Mailer } from "../kernel/context.ts";

/** Sends over SMTP. `from` is the installation's own address. */
export function createSmtpMailer(smtpUrl: string, from: string): Mailer {
  const transport = createTransport(smtpUrl);
  return {
    send: async (mail) => {
      await transport.sendMail({ from, to: mail.to, subject: mail.subject, text: mail.text });
    },
  };
}

/** Leaves each mail as a JSON file (`to`, `from`, `subject`, `text`, `sentAt`) for the development mailbox. Names sort by time. */
export function createFolderMailer(folder: string, from: string, newId: () => string): Mailer {
  return {
    send: async (mail) => {
      await mkdir(folder, { recursive: true });
      const path = join(folder, `${newId()}.json`);
      const content = JSON.stringify({ ...mail, from, sentAt: new Date().toISOString() }, null, 2);
      // Written aside and renamed: the mailbox page never reads half a mail.
      await writeFile(`${path}.part`, content, { mode: 0o600 });
      await rename(`${path}.part`, path);
    },
  };
}
