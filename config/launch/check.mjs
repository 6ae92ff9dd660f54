// `pnpm check`: what needs neither a build nor a browser. Of the tests those that a change can have broken since all of them
// passed here; `pnpm check --all` runs every one.
import { completeEnvironment, givenEnvironment } from "./environment.mjs";
import { lastPassed, rememberPassed } from "./passed.mjs";
import { checkMachine, generate, install } from "./prepare.mjs";
import { endAll } from "./processes.mjs";
import { describeError, say } from "./terminal.mjs";

process.on("SIGINT", () => {
  endAll();
  process.exit(130);
});
try {
  checkMachine();
  completeEnvironment(givenEnvironment());
  await install();
  await generate();
  // Imported late: the stages look for tools that the install has just brought.
  const { format, importRules, runStages, tests, toolTypes, types, unusedCode } = await import("./stages.mjs");
  const since = process.argv.includes("--all") ? null : await lastPassed();
  process.exitCode = await runStages([[types, format], [importRules, unusedCode, toolTypes], tests(since)]);
  if (process.exitCode === 0) await rememberPassed();
} catch (error) {
  say(describeError(error));
  process.exitCode = 1;
}
