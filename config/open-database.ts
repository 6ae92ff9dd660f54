/** `npx tsx config/open-database.ts FOLDER`: runs the embedded Postgres of a folder until Ctrl-C, to look into it with any client. */
import { resolve } from "node:path";
import { startEmbedded } from "@bandwise/db/embedded";

const server = await startEmbedded({ directory: resolve(process.argv[2] ?? ".data/postgres"), say: console.log });
console.log(server.url);
const alive = setInterval(() => undefined, 60_000);
const stop = async () => {
  await server.stop();
  clearInterval(alive);
};
process.once("SIGINT", stop);
process.once("SIGTERM", stop);
