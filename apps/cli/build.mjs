import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundledCommands } from "./bundled.mjs";

await build({
  absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
  entryPoints: ["src/main.ts"],
  outfile: "dist/bandwise.mjs",
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  logLevel: "warning",
  plugins: [
    {
      name: "leave-other-commands-outside",
      setup({ onResolve }) {
        onResolve({ filter: /^\.\/commands\// }, ({ path }) =>
          bundledCommands.includes(basename(path, ".ts"))
            ? undefined
            : { path: `../src/${path.slice(2)}`, external: true },
        );
      },
    },
  ],
});
