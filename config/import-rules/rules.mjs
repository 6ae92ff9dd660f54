/**
 * Who may import whom: docs of the design in code, every rule an error. `rules.test.ts` shows each of them firing on a bad
 * example in `fixtures/`. Paths are relative to the repository's root.
 * @type {import("dependency-cruiser").IConfiguration}
 */

const tests = "\\.(test|spec)\\.tsx?$|/bench/";
const library = (...names) => `(^|node_modules/)(${names.join("|")})(/|$)`;

/** Modules of core in their order: each may use those before it. */
const modules = [
  "people",
  "bank",
  "schemes",
  "delivery",
  "marking",
  "interviews",
  "results",
  "certificates",
  "practice",
];

const pure = (name) => ({
  name: `${name}-is-pure`,
  comment: "No dependencies, no clock, no input or output: what it computes can be checked anywhere.",
  from: { path: `^packages/${name}/src/`, pathNot: tests },
  to: { pathNot: `^packages/${name}/src/` },
});

const order = modules.slice(0, -1).map((module, index) => ({
  name: `module-order-${module}`,
  comment: "The other way round goes through a job, whose name and payload stand in the later module's schema.",
  from: { path: `^packages/core/src/${module}/`, pathNot: tests },
  to: { path: `^packages/core/src/(${modules.slice(index + 1).join("|")})/`, pathNot: "[/-]schema\\.ts$" },
}));

const forbidden = [
  pure("scoring"),
  pure("psychometrics"),
  {
    name: "db-is-the-bottom",
    from: { path: "^packages/db/" },
    to: { path: "^(apps|packages/(?!db/))" },
  },
  {
    name: "credentials-know-scoring-at-most",
    from: { path: "^packages/credentials/src/", pathNot: tests },
    to: { path: "^(apps|packages/(?!credentials/|scoring/))" },
  },
  {
    name: "interchange-knows-scoring-at-most",
    comment: "It reads and writes files by their shape; what the bank makes of an item is the bank's business.",
    from: { path: "^packages/interchange/src/", pathNot: tests },
    to: { path: "^(apps|packages/(?!interchange/|scoring/))" },
  },
  {
    name: "evaluator-knows-scoring-at-most",
    comment: "It rates what it is handed; whose attempt that was and what becomes of the rating is core's business.",
    from: { path: "^packages/evaluator/src/", pathNot: tests },
    to: { path: "^(apps|packages/(?!evaluator/|scoring/))" },
  },
  {
    name: "only-db-imports-the-client-and-the-driver",
    from: { pathNot: "^packages/db/" },
    to: { path: `^packages/db/src/generated/|${library("@prisma", "pg")}` },
  },
  {
    name: "core-knows-no-web",
    from: { path: "^packages/" },
    to: { path: `^apps/|${library("next", "next-auth", "react", "react-dom", "server-only")}` },
  },
  {
    name: "only-adapters-touch-the-outside",
    comment: "Everything else in core takes storage, mail, queue and the like from its context.",
    from: { path: "^packages/core/src/", pathNot: `^packages/core/src/(adapters|testing)/|${tests}` },
    to: {
      path: `^packages/(credentials|evaluator|interchange)/|${library("flydrive", "nodemailer", "pg-boss")}`,
      // A list of words, nothing else.
      pathNot: "^packages/evaluator/src/text/frequent-words\\.ts$",
      dependencyTypesNot: ["type-only"],
    },
  },
  ...order,
  {
    name: "audit-is-first",
    from: { path: "^packages/core/src/audit/", pathNot: tests },
    to: { path: `^packages/core/src/(${modules.join("|")})/` },
  },
  {
    name: "commands-never-import-another-modules-commands",
    comment: "Permission is checked once, at the door; shared work is a step.",
    from: { path: "^packages/core/src/([^/]+)/[a-z-]*commands", pathNot: tests },
    to: { path: "^packages/core/src/[^/]+/[a-z-]*commands", pathNot: "^packages/core/src/$1/" },
  },
  {
    name: "rules-are-pure",
    comment: "Values and `now` in, decision out. Word lists and pure parsers may lie beside them.",
    from: { path: "^packages/core/src/[^/]+/[a-z-]*rules\\.ts$" },
    to: {
      pathNot:
        "^packages/(scoring|psychometrics)/|^packages/core/src/[^/]+/[a-z-]*(rules|schema|words|marked-text|answer-space)\\.ts$",
      dependencyTypesNot: ["type-only"],
    },
  },
  {
    name: "apps-never-import-db",
    from: { path: "^apps/" },
    to: { path: "^packages/db/" },
  },
  {
    name: "apps-enter-core-by-its-doors",
    from: { path: "^apps/", pathNot: tests },
    // The kernel's jobs.ts only says what a job is; the worker needs to know.
    to: { path: "^packages/core/src/[^/]+/[a-z-]*(steps|scope|jobs)\\.ts$", pathNot: "^packages/core/src/kernel/" },
  },
  {
    name: "ui-knows-no-domain",
    from: { path: "^apps/web/src/ui/" },
    to: { path: "^apps/web/src/(app|features|lib)/|^packages/" },
  },
  {
    name: "no-cycles",
    comment: "Types may refer to each other both ways: nothing of that is left at run time.",
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
  },
  {
    name: "every-import-resolves",
    from: { pathNot: "\\.d\\.ts$" },
    to: { couldNotResolve: true, pathNot: "\\.css$|^#" },
  },
];

export default {
  forbidden: forbidden.map((rule) => ({ ...rule, severity: "error" })),
  options: {
    doNotFollow: { path: "node_modules|^packages/db/src/generated/" },
    exclude: { path: "(^|/)(\\.next|dist|fixtures)/|next-env\\.d\\.ts$" },
    tsPreCompilationDeps: "specify",
    // For its path alias `@/`; nobody else has one.
    webpackConfig: { fileName: "config/import-rules/aliases.cjs" },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".css"],
    },
  },
};
