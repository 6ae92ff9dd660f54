import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { giveTo, type PostgresHome, preparePostgresHome } from "./embedded-home.ts";
import { DatabaseFailure } from "./failure.ts";

const run = promisify(execFile);
const databaseName = "bandwise";
const majorVersion = "18";
const startLimitSeconds = 60;

/** Sensible on a box with 2 cores and 4 GB. Durability stays on: an acknowledged answer must survive a power cut. */
const tunedSettings: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "8MB",
  maintenance_work_mem: "128MB",
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  random_page_cost: "1.1",
  // Our statements are short; compiling them costs more than running them.
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
};

export type EmbeddedOptions = {
  /** Folder for everything this database needs, e.g. `.data/postgres`. */
  directory: string;
  /** A free port is taken when absent. */
  port?: number;
  /** Further server settings, over the tuned ones. */
  settings?: Record<string, string>;
  /** What to do when a living program already runs this very database. Default: use it. */
  whenRunning?: "use" | "refuse";
  say?: (line: string) => void;
};

export type EmbeddedPostgres = {
  url: string;
  port: number;
  /** True when another living program runs the server: then `stop` leaves it alone. */
  shared: boolean;
  stop(): Promise<void>;
};

/** Starts the embedded PostgreSQL of a folder, creating it on the first call, or joins the one that already runs there. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const home = preparePostgresHome(options.directory, options.say ?? (() => undefined));
  const running = findRunning(home);
  if (running) {
    const owner = livingOwner(home);
    if (owner !== undefined && owner !== process.pid && options.whenRunning === "refuse") {
      throw new DatabaseFailure(
        `The database in ${options.directory} is in use by process ${owner}: stop that one first, or set DATA_DIR.`,
      );
    }
    await untilReady(home, running.port, () => undefined);
    // Without a living owner this is what a killed program left behind: we take it over, and stop it in the end.
    if (owner === undefined) writeOwner(home);
    return describe(home, running.port, owner !== undefined);
  }
  await clearDead(home);
  await initialise(home);
  const port = options.port ?? (await freePort());
  await startServer(home, port, { ...tunedSettings, ...options.settings });
  writeOwner(home);
  return describe(home, port, false);
}

/** The address of the database that runs in this folder now, or null: for programs that join a started installation. */
export function findEmbeddedUrl(directory: string): string | null {
  if (!existsSync(directory)) return null;
  const idFile = join(directory, "private-copy.id");
  const folder = existsSync(idFile) ? join("/var/lib/bandwise", readFileSync(idFile, "utf8").trim()) : directory;
  const running = findRunning({ folder });
  return running ? urlOf({ folder }, running.port) : null;
}

type Folder = Pick<PostgresHome, "folder">;
const clusterOf = ({ folder }: Folder) => join(folder, "cluster");
const passwordFileOf = ({ folder }: Folder) => join(folder, "password");
const ownerFileOf = ({ folder }: Folder) => join(folder, "owner.pid");
const logFileOf = ({ folder }: Folder) => join(folder, "postgres.log");

function urlOf(home: Folder, port: number, database = databaseName): string {
  const password = readFileSync(passwordFileOf(home), "utf8").trim();
  return `postgresql://bandwise:${password}@127.0.0.1:${port}/${database}`;
}

function describe(home: PostgresHome, port: number, shared: boolean): EmbeddedPostgres {
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    if (shared) return;
    await postgresProgram(home, "pg_ctl", ["stop", "-D", clusterOf(home), "-m", "fast", "-w", "-t", "30"]).catch(
      (error: Error) => {
        if (findRunning(home)) throw new DatabaseFailure(`PostgreSQL did not stop: ${lastLine(error.message)}`);
      },
    );
    rmSync(ownerFileOf(home), { force: true });
  };
  return {
    url: urlOf(home, port),
    port,
    shared,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** Reads what the server itself says about being alive; a pid that meanwhile belongs to another program does not count. */
function findRunning(home: Folder): { pid: number; port: number } | null {
  const file = join(clusterOf(home), "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!pid || !port || !isAlive(pid)) return null;
  const commandFile = `/proc/${pid}/cmdline`;
  if (existsSync(commandFile) && !readFileSync(commandFile, "utf8").includes(clusterOf(home))) return null;
  return { pid, port };
}

function livingOwner(home: Folder): number | undefined {
  const file = ownerFileOf(home);
  const pid = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  return pid && isAlive(pid) ? pid : undefined;
}

function writeOwner(home: Folder): void {
  writeFileSync(ownerFileOf(home), String(process.pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A killed server that nobody has waited for still has its pid, and Postgres itself would take it for alive. */
async function clearDead(home: Folder): Promise<void> {
  const file = join(clusterOf(home), "postmaster.pid");
  if (!existsSync(file)) return;
  const statusFile = `/proc/${Number(readFileSync(file, "utf8").split("\n")[0])}/status`;
  if (!existsSync(statusFile) || !/^State:\s+Z/m.test(readFileSync(statusFile, "utf8"))) return;
  // Its children notice within a second and end too.
  await pause(1500);
  rmSync(file, { force: true });
}

async function initialise(home: PostgresHome): Promise<void> {
  const cluster = clusterOf(home);
  const versionFile = join(cluster, "PG_VERSION");
  if (existsSync(versionFile) && existsSync(passwordFileOf(home))) {
    const version = readFileSync(versionFile, "utf8").trim();
    if (version === majorVersion) return;
    throw new DatabaseFailure(
      `The database in ${cluster} was made by PostgreSQL ${version}, this is ${majorVersion}: move it with pg_dump, or set DATA_DIR to a new folder.`,
    );
  }
  // Without a password file an earlier first start was cut short: nothing of worth can be in there yet.
  rmSync(cluster, { recursive: true, force: true });
  mkdirSync(cluster);
  giveTo(home.user, cluster, 0o700);
  const password = randomBytes(24).toString("base64url");
  const passwordForInit = join(home.folder, "password.new");
  writeFileSync(passwordForInit, password, { mode: 0o600 });
  giveTo(home.user, passwordForInit, 0o600);
  try {
    await postgresProgram(home, "initdb", [
      `--pgdata=${cluster}`,
      "--username=bandwise",
      `--pwfile=${passwordForInit}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // Postgres's own collation: the same order on every machine, whatever its locales.
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
    ]);
  } catch (error) {
    throw new DatabaseFailure(`PostgreSQL could not be set up in ${cluster}: ${lastLine((error as Error).message)}`);
  } finally {
    rmSync(passwordForInit, { force: true });
  }
  writeFileSync(passwordFileOf(home), password, { mode: 0o600 });
}

async function startServer(home: PostgresHome, port: number, settings: Record<string, string>): Promise<void> {
  const log = openSync(logFileOf(home), "w");
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(
    join(home.installation, "bin", "postgres"),
    ["-D", clusterOf(home), "-p", String(port), ...flags],
    {
      ...home.user,
      cwd: "/",
      // Own process group: Ctrl-C in the terminal reaches the launcher alone, which stops the server last.
      detached: true,
      stdio: ["ignore", log, log],
    },
  );
  closeSync(log);
  child.unref();
  let ended: string | undefined;
  child.on("error", (error) => {
    ended = error.message;
  });
  child.on("exit", (code) => {
    ended = `it ended with status ${code}`;
  });
  await untilReady(home, port, () => ended);
}

async function untilReady(home: PostgresHome, port: number, ended: () => string | undefined): Promise<void> {
  const deadline = performance.now() + startLimitSeconds * 1000;
  for (;;) {
    const client = new pg.Client({ connectionString: urlOf(home, port, "postgres"), connectionTimeoutMillis: 5000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [databaseName]);
      if (rowCount === 0) await client.query(`create database ${databaseName}`);
      return;
    } catch (error) {
      const cause = ended();
      if (cause !== undefined)
        throw new DatabaseFailure(
          `PostgreSQL does not start: ${lastFatal(home) ?? cause}. Its log: ${logFileOf(home)}`,
        );
      if ((error as { code?: string }).code === "28P01") {
        throw new DatabaseFailure(
          `The password in ${passwordFileOf(home)} is not the database's: restore that file, or set DATA_DIR to a new folder.`,
        );
      }
      if (performance.now() > deadline) {
        throw new DatabaseFailure(
          `PostgreSQL did not answer within ${startLimitSeconds} seconds. Its log: ${logFileOf(home)}`,
        );
      }
    } finally {
      await client.end().catch(() => undefined);
    }
    await pause(40);
  }
}

function postgresProgram(home: PostgresHome, name: "initdb" | "pg_ctl", args: string[]): Promise<unknown> {
  return run(join(home.installation, "bin", name), args, {
    ...home.user,
    cwd: "/",
    env: { ...process.env, LC_ALL: "C" },
  });
}

function lastFatal(home: Folder): string | undefined {
  const fatal = readFileSync(logFileOf(home), "utf8")
    .split("\n")
    .filter((line) => / (FATAL|PANIC): /.test(line))
    .at(0);
  return fatal?.replace(/^.* (FATAL|PANIC): +/, "");
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? text;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new DatabaseFailure("No free port on 127.0.0.1.");
  return address.port;
}
