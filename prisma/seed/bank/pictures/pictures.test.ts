import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("are as the program draws them: whoever changes a scene draws it again", () => {
  const program = fileURLToPath(new URL("make-pictures.mjs", import.meta.url));
  expect(execFileSync(process.execPath, [program, "--check"], { encoding: "utf8" })).toBe(
    "All pictures are as drawn.\n",
  );
});
