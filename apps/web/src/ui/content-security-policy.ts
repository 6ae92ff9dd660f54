/**
 * The content-security policy of a page.
 *
 * Scripts run by nonce only. Styles come from our own files; the nonce in `style-src` lets react-aria add its two small
 * style sheets (press and scroll handling, it reads the nonce from the page's `csp-nonce` meta). Style attributes in
 * server-rendered markup are blocked; those that React sets on the client go through the CSSOM and need no permission.
 * Development adds what the reload client needs: eval, inline styles and its socket.
 */
export function contentSecurityPolicy(options: { nonce: string; secure: boolean; development: boolean }): string {
  const { nonce, secure, development } = options;
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  if (secure) directives.push("upgrade-insecure-requests");
  return directives.join("; ");
}
