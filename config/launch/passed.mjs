import { existsSync, readFileSync } from "node:fs";
import { capture } from "./processes.mjs";
import { remember, stampOf } from "./staleness.mjs";

/** Holds the newest commit whose tests all passed in this working copy. */
const record = "passed-commit";

/** The commit from which on a change may have broken a test, or null where none is known: then every test is to run. */
export async function lastPassed() {
  if (!existsSync(stampOf(record))) return null;
  const commit = readFileSync(stampOf(record), "utf8").trim();
  return (await git("merge-base", "--is-ancestor", commit, "HEAD")) === null ? null : commit;
}

/** Only a commit as it stands: what passed with changes on top says nothing of the commit without them. */
export async function rememberPassed() {
  const [commit, changes] = [await git("rev-parse", "HEAD"), await git("status", "--porcelain")];
  if (commit === null || changes !== "") return;
  remember(record, commit);
}

/** What git says, or null where it refuses or there is none. */
async function git(...args) {
  const { status, output } = await capture("git", args).catch(() => ({ status: 1, output: "" }));
  return status === 0 ? output.trim() : null;
}
