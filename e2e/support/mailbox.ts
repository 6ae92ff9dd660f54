import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";

interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

function mailsTo(address: string): Mail[] {
  const folder = join(process.env.E2E_DATA_DIR ?? "", "mail");
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .sort()
      .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Mail)
      .filter((mail) => mail.to.includes(address));
  } catch {
    // No mail has been sent yet.
    return [];
  }
}

/** The newest mail to this address whose subject holds `subject`; waits for the worker to send it. */
export async function mailTo(address: string, subject: string): Promise<Mail> {
  const newest = () => mailsTo(address).findLast((mail) => mail.subject.includes(subject));
  await expect.poll(() => newest()?.subject ?? "no such mail", { timeout: 15_000 }).toContain(subject);
  const mail = newest();
  if (!mail) throw new Error("the mail went away");
  return mail;
}

/** The link in it, as a path of the site. */
export function linkIn(mail: Mail): string {
  const found = /https?:\/\/[^\s/]+(\/\S+)/.exec(mail.text);
  if (!found?.[1]) throw new Error(`no link in “${mail.subject}”`);
  return found[1];
}
