// `npm test`: everything there is to check, from a bare clone. The very last line is `N passed, N failed`.
import { buildCli, buildWeb, buildWorker, checkMachine, generate, install } from "./prepare.mjs";
import { endAll } from "./processes.mjs";
import { describeError, say, step } from "./terminal.mjs";

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    endAll();
    process.exit(130);
  });
}

try {
  checkMachine();
  await step("Installing packages", install);
  await step("Generating the database client", generate);
  // Imported late: the stages look for tools that the install has just brought.
  const { format, importRules, preparation, runStages, tests, toolTypes, types, unusedCode } = await import(
    "./stages.mjs"
  );
  const { journeys } = await import("./e2e.mjs");
  process.exitCode = await runStages([
    [types, format],
    [importRules, unusedCode, toolTypes],
    tests(),
    preparation("Building the command line", buildCli),
    preparation("Building the worker", buildWorker),
    preparation("Building the site", buildWeb),
    journeys(),
  ]);
} catch (error) {
  say(describeError(error));
  say("0 passed, 1 failed");
  process.exitCode = 1;
}
