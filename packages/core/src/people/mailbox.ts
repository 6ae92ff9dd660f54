import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const storedMail = z.object({
  to: z.string(),
  from: z.string(),
  subject: z.string(),
  text: z.string(),
  sentAt: z.string(),
});
export type StoredMail = z.output<typeof storedMail> & { readonly id: string };

/** Names of the mails that the folder mailer has left, newest first (their names sort by time). */
async function mailNames(dataDir: string): Promise<string[]> {
  const names = await readdir(join(dataDir, "mail")).catch(() => []);
  return names
    .filter((name) => name.endsWith(".json"))
    .sort()
    .reverse();
}

async function readMail(dataDir: string, name: string): Promise<StoredMail | null> {
  const text = await readFile(join(dataDir, "mail", name), "utf8").catch(() => null);
  if (text === null) return null;
  const parsed = storedMail.safeParse(JSON.parse(text));
  return parsed.success ? { id: name.replace(/\.json$/, ""), ...parsed.data } : null;
}

export async function listMails(
  dataDir: string,
  range: { skip: number; take: number },
): Promise<{ rows: StoredMail[]; total: number }> {
  const names = await mailNames(dataDir);
  const mails = await Promise.all(
    names.slice(range.skip, range.skip + range.take).map((name) => readMail(dataDir, name)),
  );
  return { rows: mails.flatMap((mail) => mail ?? []), total: names.length };
}

/** Deletes what `concerns` picks; a mail that is gone already is as good as deleted. */
export async function deleteMails(dataDir: string, concerns: (mail: StoredMail) => boolean): Promise<number> {
  let deleted = 0;
  for (const name of await mailNames(dataDir)) {
    const mail = await readMail(dataDir, name);
    if (!mail || !concerns(mail)) continue;
    await rm(join(dataDir, "mail", name), { force: true });
    deleted++;
  }
  return deleted;
}

export async function deleteMailsBefore(dataDir: string, before: Date): Promise<number> {
  let deleted = 0;
  for (const name of await mailNames(dataDir)) {
    const path = join(dataDir, "mail", name);
    const written = await stat(path).catch(() => null);
    if (!written || written.mtime >= before) continue;
    await rm(path, { force: true });
    deleted++;
  }
  return deleted;
}
