/**
 * The commands that need nothing but pure packages: the build puts them into `dist/bandwise.mjs`. Every other command runs from
 * the sources, because it brings the database client and native modules with it.
 */
export const bundledCommands = ["score", "raters"];
