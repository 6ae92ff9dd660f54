// `pnpm check`: everything that needs neither a build nor a browser.
import { completeEnvironment, givenEnvironment } from "./environment.mjs";
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
  process.exitCode = await runStages([[types, format], [importRules, unusedCode, toolTypes], tests]);
} catch (error) {
  say(describeError(error));
  process.exitCode = 1;
}
