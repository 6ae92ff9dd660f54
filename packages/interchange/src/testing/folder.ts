import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Vocabulary } from "../metadata.ts";
import type { Files } from "../read-package.ts";

export const ownFixtures = fileURLToPath(new URL("../../fixtures", import.meta.url));

/** Material that many projects share lies beside this one, or where BANDWISE_SHARED says; null where it is not there. */
export function sharedFolder(name: string): string | null {
  const base = process.env.BANDWISE_SHARED ?? fileURLToPath(new URL("../../../../../shared", import.meta.url));
  const folder = join(base, name);
  return existsSync(folder) ? folder : null;
}

/** The files of a folder as a package. */
export function folderFiles(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
  return {
    names,
    has: (name) => names.includes(name),
    read: async (name) => readFileSync(join(folder, name)),
  };
}

export const vocabulary: Vocabulary = {
  skills: ["reading", "listening", "writing", "speaking"],
  subSkills: { reading: ["gist", "detail"] },
  topics: ["history", "daily-life"],
};
