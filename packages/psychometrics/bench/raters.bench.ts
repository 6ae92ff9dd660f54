/** `pnpm bench raters`: what the many-facet Rasch model costs at the size of a season and of several, and what it recovers. */
import { fitManyFacet } from "../src/many-facet.ts";
import { createRatingTable } from "../src/rating-table.ts";
import { correlation, simulateMarks } from "../src/testing/simulate-marks.ts";

const sizes = [
  { raters: 60, scripts: 5_000, criteria: 4, top: 9, seconds: 4 },
  // Bands 0 to 9 in halves.
  { raters: 60, scripts: 5_000, criteria: 4, top: 18, seconds: 4 },
  { raters: 200, scripts: 20_000, criteria: 5, top: 9, seconds: 30 },
];

const print = (name: string, value: string): void => console.log(`  ${name.padEnd(28)} ${value}`);

for (const { seconds, ...size } of sizes) {
  const { marks, severities } = simulateMarks({ ...size, seed: "bench", scriptSd: 1.5, severitySd: 0.6 });
  const processorBefore = process.cpuUsage();
  const begun = performance.now();
  const table = createRatingTable(marks, { min: 0, max: size.top, step: 1 });
  const fit = fitManyFacet(table);
  const took = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(processorBefore);
  const memory = process.memoryUsage().rss / 2 ** 20;
  const truth = fit.raters.map(({ id }) => severities.get(id) ?? 0);
  const found = fit.raters.map(({ measure }) => measure ?? 0);
  const squares = fit.raters.map(({ se }, i) => (((found[i] ?? 0) - (truth[i] ?? 0)) / (se ?? 1)) ** 2);
  const rmse = Math.sqrt(found.reduce((sum, value, i) => sum + (value - (truth[i] ?? 0)) ** 2, 0) / found.length);
  const { raters, scripts, criteria, top } = size;
  const counts = [raters, scripts, criteria, top + 1, marks.length].map((count) => count.toLocaleString("en"));
  console.log(
    `\n${counts[0]} raters × ${counts[1]} scripts × ${counts[2]} criteria, ${counts[3]} scores: ${counts[4]} marks`,
  );
  print("time", `${took.toFixed(2)} s (promised ${seconds} s) ${took <= seconds ? "ok" : "TOO SLOW"}`);
  print("processor", `${((user + system) / 1e6).toFixed(2)} s, ${fit.iterations} iterations`);
  print("memory of the process", `${memory.toFixed(0)} MiB`);
  print(
    "severities, r with the truth",
    `${correlation(truth, found).toFixed(4)}, root mean square error ${rmse.toFixed(3)}`,
  );
  print("error over standard error", Math.sqrt(squares.reduce((sum, z) => sum + z, 0) / squares.length).toFixed(2));
  print("log-likelihood", `${fit.logLikelihood.toFixed(4)}${fit.converged ? "" : " NOT CONVERGED"}`);
}
