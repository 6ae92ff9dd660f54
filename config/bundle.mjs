// `node ../../config/bundle.mjs ENTRY OUTPUT …`, run in an app's folder: files of our own sources for plain Node, which does
// not run TypeScript. A thread that a program starts is an entry of its own. Other people's packages stay outside (natives and wasm would not survive) and are named by their place
// relative to the output: the app itself could not find what only core depends on.
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { build } from "esbuild";

/** @returns {import("esbuild").Plugin} */
const packagesOutside = (outfile) => ({
  name: "packages-outside",
  setup(builder) {
    builder.onResolve({ filter: /^[^./]/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === "asked" || kind === "entry-point" || isAbsolute(path) || path.startsWith("node:"))
        return undefined;
      if (path.startsWith("@bandwise/")) return undefined;
      const found = await builder.resolve(path, { importer, resolveDir, kind, pluginData: "asked" });
      if (found.errors.length > 0 || found.external) return found;
      const place = relative(dirname(outfile), found.path);
      return { path: place.startsWith(".") ? place : `./${place}`, external: true };
    });
  },
});

const bundle = (entry, outfile) =>
  build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["node", "import"],
    mainFields: ["main"],
    sourcemap: true,
    logLevel: "warning",
    banner: {
      js: `import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);`,
    },
    plugins: [packagesOutside(outfile)],
  });

const places = process.argv.slice(2);
const pairs = places.flatMap((entry, at) => (at % 2 === 0 ? [[entry, resolve(places[at + 1])]] : []));
await Promise.all(pairs.map(([entry, outfile]) => bundle(entry, outfile))).catch(() => {
  // esbuild has said what is wrong.
  process.exitCode = 1;
});
