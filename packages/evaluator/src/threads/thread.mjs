// A thread does not inherit what its parent registered: Node by itself does not run the sources.
import { register } from "tsx/esm/api";

register();
await import("./thread.ts");
