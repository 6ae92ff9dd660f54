import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { readSettings } from "@bandwise/core/kernel/settings";
import { correctForwardedHeaders, trustedProxies } from "./client-address.ts";

/**
 * Next believes forwarded headers from anybody and hides the socket from route handlers. Node announces each request
 * before Next sees it: here the headers are put right, so that throttles count real addresses and the origin check compares
 * with the real host.
 */
export function believeTrustedProxiesOnly(): void {
  const proxies = trustedProxies(readSettings(process.env).trustedProxies);
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    correctForwardedHeaders(request.headers, request.socket.remoteAddress ?? "", proxies);
  });
}
