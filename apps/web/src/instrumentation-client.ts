import { config } from "zod/v4/core";

/** Runs in the browser before the page. Without this zod tries, once, whether it may compile code, and the security policy has to stop it. */
config({ jitless: true });
