import { BlockList, isIP } from "node:net";

/** Which peers are our own reverse proxies: only what they say about a request's origin counts. */
export interface TrustedProxies {
  includes(address: string): boolean;
}

/** `entries` are addresses or CIDR ranges, as the settings have checked: `10.0.0.5`, `10.0.0.0/8`, `::1`. */
export function trustedProxies(entries: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", bits] = entry.split("/");
    const family = isIP(address);
    const kind = family === 4 ? "ipv4" : "ipv6";
    if (bits === undefined) list.addAddress(address, kind);
    else list.addSubnet(address, Number(bits), kind);
  }
  return {
    includes: (address) => {
      const plain = plainAddress(address);
      const family = isIP(plain);
      return family !== 0 && list.check(plain, family === 4 ? "ipv4" : "ipv6");
    },
  };
}

/** An IPv4 address that arrived through an IPv6 socket is still that IPv4 address. */
export function plainAddress(address: string): string {
  return address.startsWith("::ffff:") && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}

/**
 * Rewrites what a request says about its own origin so that everything behind may believe it: from a stranger nothing is
 * believed; from a trusted proxy the nearest address that is not itself a trusted proxy.
 */
export function correctForwardedHeaders(
  headers: Record<string, string | string[] | undefined>,
  peer: string,
  proxies: TrustedProxies,
): void {
  const named = String(headers["x-forwarded-for"] ?? "");
  headers["x-forwarded-for"] = plainAddress(peer);
  if (!proxies.includes(peer)) {
    for (const name of ["x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "forwarded"]) delete headers[name];
    return;
  }
  const hops = named
    .split(",")
    .map((hop) => plainAddress(hop.trim()))
    .filter((hop) => isIP(hop) !== 0);
  const client = hops.findLast((hop) => !proxies.includes(hop)) ?? hops[0];
  if (client !== undefined) headers["x-forwarded-for"] = client;
}

/** After `correctForwardedHeaders` has run: who is really asking. */
export function clientAddress(headers: Pick<Headers, "get">): string {
  return headers.get("x-forwarded-for")?.split(",")[0]?.trim() || "unknown";
}
