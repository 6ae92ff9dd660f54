/**
 * Writes a migration: `pnpm migration NAME` (the next one), `pnpm migration --again` (the newest one once more, after
 * further changes of the schema and before anybody else has it). How to add SQL by hand: prisma/migrations/README.md.
 */
import { makeMigration, remakeNewestMigration } from "@bandwise/db/migrate";

const [argument] = process.argv.slice(2);
if (argument === undefined) {
  console.error("Say what changes: pnpm migration add_item_notes");
  process.exit(1);
}
const name = argument === "--again" ? await remakeNewestMigration() : await makeMigration(argument);
console.log(name === null ? "The schema has not changed." : `prisma/migrations/${name}/migration.sql`);
