import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { findEmbeddedUrl } from "@bandwise/db/embedded";
import { readSettings, type Settings, SettingsError } from "../kernel/settings.ts";

/**
 * The settings of the installation in this folder, for a program that joins it from outside: `.env` first, the environment over
 * it, and what `npm start` makes for itself (the secret, the running embedded database) where neither says anything.
 */
export function joinInstallation(root: string, env: Readonly<Record<string, string | undefined>>): Settings {
  const file = join(root, ".env");
  const given = { ...(existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {}), ...env };
  if (given.DATABASE_URL) return readSettings(given);
  const dataDir = resolve(root, given.DATA_DIR || ".data");
  const url = findEmbeddedUrl(join(dataDir, "postgres"));
  if (url === null) {
    throw new SettingsError("The database is not running: start Bandwise first (npm start), or set DATABASE_URL.");
  }
  const secretFile = join(dataDir, "auth-secret");
  const ownSecret = existsSync(secretFile) ? readFileSync(secretFile, "utf8").trim() : undefined;
  return readSettings({
    ...given,
    DATA_DIR: dataDir,
    DATABASE_URL: url,
    AUTH_SECRET: given.AUTH_SECRET || ownSecret,
    BANDWISE_EMBEDDED: "1",
  });
}
