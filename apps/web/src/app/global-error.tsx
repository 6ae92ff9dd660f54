"use client";

import "./globals.css";

/** The last resort, when even the frame of the pages failed: it may lean on nothing but the style sheet. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en-GB">
      <body>
        <main className="page-narrow pt-16!">
          <h1>Something went wrong on our side</h1>
          <p className="mt-2 text-ink-2">What you saved is kept. Load the page again in a moment.</p>
          {error.digest === undefined ? null : (
            <p className="mt-2 text-dense text-ink-3">
              Reference <code>{error.digest}</code>
            </p>
          )}
          {/* A plain link: the router that a Next link needs may be what failed. */}
          <p className="mt-6">
            <a href="/" className="btn" data-variant="primary">
              To the start page
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
