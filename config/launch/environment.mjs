import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { at, root } from "./places.mjs";
import { Failure } from "./terminal.mjs";

/** The settings as given: `.env` first, the environment over it. */
export function givenEnvironment() {
  const file = at(".env");
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
  return { ...fromFile, ...process.env };
}

/** Adds what an installation on the embedded database makes for itself: the data folder and the secret. */
export function completeEnvironment(given) {
  const env = { ...given };
  env.DATA_DIR = resolve(root, given.DATA_DIR || ".data");
  try {
    makeFolder(env.DATA_DIR);
    if (!given.DATABASE_URL) env.AUTH_SECRET = given.AUTH_SECRET || ownSecret(env.DATA_DIR);
  } catch (error) {
    throw new Failure(
      `The data folder ${env.DATA_DIR} cannot be made or written (${error.code}): change its owner, or set DATA_DIR to a folder that can.`,
    );
  }
  return env;
}

/** Folder by folder: Node's own `recursive` never ends where a file system answers that the parent it has is not there (/proc). */
function makeFolder(path) {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  mkdirSync(path);
}

function ownSecret(folder) {
  const file = join(folder, "auth-secret");
  if (!existsSync(file)) writeFileSync(file, randomBytes(48).toString("base64url"), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

/** Fails with the remedy when nothing can listen there. Settings are not checked yet at this point: nonsense passes on to that check. */
export async function checkPort(env) {
  const host = env.HOST || "127.0.0.1";
  const port = Number(env.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return;
  const error = await new Promise((done) => {
    const server = createServer();
    server.once("error", done);
    server.listen(port, host, () => server.close(() => done(null)));
  });
  if (error === null) return;
  const remedies = {
    EADDRINUSE: `Port ${port} is taken by another program: stop that one, or choose another port (PORT=${port + 1} npm start).`,
    EACCES: `Port ${port} may not be used by this user: choose one above 1023 (PORT=3000 npm start).`,
    EADDRNOTAVAIL: `This machine has no address ${host}: correct HOST.`,
    ENOTFOUND: `This machine has no address ${host}: correct HOST.`,
  };
  throw new Failure(remedies[error.code] ?? `Cannot listen on ${host}:${port} (${error.code}): correct HOST or PORT.`);
}
