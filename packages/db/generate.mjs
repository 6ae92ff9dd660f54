// Writes the Prisma client into src/generated. `prisma generate` insists on a schema engine that it never uses and would
// otherwise download one: any existing file satisfies it, and the running Node is one on every system and in every shell.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const packageFile = createRequire(import.meta.url).resolve("prisma/package.json");
const prisma = join(dirname(packageFile), "build", "index.js");

const { status } = spawnSync(process.execPath, [prisma, "generate", "--schema", "../../prisma/schema", "--no-hints"], {
  cwd: here,
  stdio: "inherit",
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  },
});
process.exit(status ?? 1);
