/**
 * `pnpm bench assembly [--only PART …] [--from N] [--count N]`: what assembly costs and how well it serves, from 1,000 to
 * 1,000,000 items, beside the same problem given to an integer-programming solver; then many small random problems held
 * against a checker and, where they are refused, against the solver. A PART is a size of bank, or `random`, of which
 * `--from` and `--count` take a piece. Each part ends within five minutes on a quiet machine.
 */
import { parseArgs } from "node:util";
import { benchSize } from "./one-size.ts";
import { print } from "./print.ts";
import { runRandomInstances } from "./random-instances.ts";

const sizes = ["1000", "10000", "100000", "1000000"];
const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== "--"),
  options: {
    only: { type: "string", multiple: true, default: [...sizes, "random"] },
    from: { type: "string", default: "0" },
    count: { type: "string", default: "100000" },
  },
});
for (const part of values.only) {
  if (part === "random") benchRandom(Number(values.from), Number(values.count));
  else if (Number(part) >= 100) benchSize(Number(part));
  else throw new RangeError(`--only takes a number of items or "random", not ${part}`);
}

function benchRandom(from: number, count: number): void {
  const { formsMade, broken, refusals, wrong, unknown } = runRandomInstances(from, count);
  console.log(`\n${count.toLocaleString("en")} random problems from number ${from.toLocaleString("en")}`);
  print("forms, of them broken", `${formsMade.toLocaleString("en")}, ${broken}`);
  print("refusals, of them wrong", `${refusals.toLocaleString("en")}, ${wrong}`);
  print("given up undecided", String(unknown));
  if (broken + wrong > 0) process.exitCode = 1;
}
