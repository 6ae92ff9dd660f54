import { createDatabase } from "@bandwise/db/client";
import { startAttempt } from "../delivery/exam-commands.ts";
import { testServices } from "./services.ts";

/** One of several processes that start attempts at the same time: `start-attempts.ts DATABASE_URL [{attemptId, candidateId}]`. */
const [url = "", attempts = "[]"] = process.argv.slice(2);
const database = createDatabase(url);
const services = testServices(database.prisma);
const started = await Promise.allSettled(
  (JSON.parse(attempts) as { attemptId: string; candidateId: string }[]).map(({ attemptId, candidateId }) =>
    startAttempt(services.as({ kind: "person", personId: candidateId, roles: ["candidate"], centreIds: [] }), {
      attemptId,
      clientId: services.ids.uuid(),
    }),
  ),
);
await database.close();
for (const result of started) {
  if (result.status === "fulfilled") continue;
  console.error(result.reason);
  process.exitCode = 1;
}
