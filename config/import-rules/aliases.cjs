// Read by dependency-cruiser in the shape of a webpack configuration: the path alias of apps/web.
const { resolve } = require("node:path");

module.exports = { resolve: { alias: { "@": resolve(__dirname, "../../apps/web/src") } } };
