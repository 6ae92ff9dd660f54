import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { at, pnpm, root, tool } from "./places.mjs";
import { must } from "./processes.mjs";
import { whenStale } from "./staleness.mjs";
import { Failure } from "./terminal.mjs";

const workspaces = ["apps", "packages"];

export function checkMachine() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Failure(
      `Bandwise needs Node 20.19 or newer, this is ${process.versions.node}: install a newer one from https://nodejs.org.`,
    );
  }
  try {
    readdirSync(root);
    accessSync(root, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    throw new Failure(
      `The folder ${root} cannot be read and written by this user: change its owner, or run as the user it belongs to.`,
    );
  }
}

function packageFiles() {
  const inside = workspaces.flatMap((folder) =>
    existsSync(at(folder)) ? readdirSync(at(folder)).map((name) => `${folder}/${name}/package.json`) : [],
  );
  return ["package.json", "pnpm-workspace.yaml", "pnpm-lock.yaml", "e2e/package.json", ...inside];
}

export function install() {
  return whenStale("install", packageFiles(), "node_modules/.modules.yaml", () =>
    must(
      ...pnpm("install", "--frozen-lockfile"),
      "The packages could not be installed: check the network and the lines above, then start again.",
      {
        // Without a terminal pnpm would ask whether it may replace a node_modules made by another version.
        env: { CI: "true" },
      },
    ),
  );
}

export function generate() {
  return whenStale("generate", ["prisma/schema", "pnpm-lock.yaml"], "packages/db/src/generated/client.ts", () =>
    must(process.execPath, ["generate.mjs"], "The database client could not be generated: see the lines above.", {
      cwd: at("packages/db"),
    }),
  );
}

const sources = ["packages", "prisma/schema", "pnpm-lock.yaml", "tsconfig.base.json", "config/bundle.mjs"];

export function buildWeb() {
  return whenStale("web", [...sources, "apps/web"], "apps/web/.next/BUILD_ID", () =>
    must(
      process.execPath,
      [tool("apps/web", "next", "dist/bin/next"), "build"],
      "The site could not be built: see the lines above.",
      {
        cwd: at("apps/web"),
        env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      },
    ),
  );
}

export function buildWorker() {
  return whenStale("worker", [...sources, "apps/worker"], "apps/worker/dist/worker.mjs", () =>
    must(
      process.execPath,
      [
        ...["../../config/bundle.mjs", "src/worker.ts", "dist/worker.mjs"],
        ...["../../packages/evaluator/src/threads/thread.ts", "dist/thread.mjs"],
      ],
      "The worker could not be built: see the lines above.",
      {
        cwd: at("apps/worker"),
      },
    ),
  );
}

export function buildCli() {
  return whenStale("cli", [...sources, "apps/cli"], "apps/cli/dist", () =>
    must(process.execPath, ["build.mjs"], "The command line could not be built: see the lines above.", {
      cwd: at("apps/cli"),
    }),
  );
}
