import { defineConfig } from "vitest/config";

const everywhere = ["packages", "apps", "config", "prisma"];

/** Two kinds of tests: `*.test.ts` touch nothing outside their process, `*.db.test.ts` get a real Postgres. */
export default defineConfig({
  test: {
    maxWorkers: "100%",
    // `pnpm check` follows imports from what has changed. A file that is read, not imported, may be read by any test.
    forceRerunTriggers: ["**/!(*.ts|*.tsx|*.md)"],
    reporters: process.env.CI ? ["dot"] : ["default"],
    projects: [
      {
        test: {
          name: "unit",
          include: everywhere.map((folder) => `${folder}/**/*.test.{ts,tsx}`),
          exclude: ["**/*.db.test.ts", "**/node_modules/**", "**/.next/**", "**/dist/**"],
          // Properties and decoders take seconds of a core that others may be using.
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "db",
          include: everywhere.map((folder) => `${folder}/**/*.db.test.ts`),
          exclude: ["**/node_modules/**", "**/.next/**", "**/dist/**"],
          globalSetup: ["packages/db/src/test-server.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
