/**
 * Runs in the browser before the page. Without this zod tries, once, whether it may compile code, and the security policy has
 * to stop it. Said where zod keeps its settings: its own `config` would bring 5 kB to pages that have no use for zod.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
