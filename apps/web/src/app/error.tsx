"use client";

import { Button } from "@/ui/button.tsx";
import { ErrorPanel } from "@/ui/error-panel.tsx";

/** Stands where a page failed. The digest is the entry's id in the log; nothing else about the fault leaves the server. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="page-narrow pt-16!">
      <h1 className="sr-only">Something went wrong</h1>
      <ErrorPanel
        title="Something went wrong on our side"
        {...(error.digest === undefined ? {} : { id: error.digest })}
        action={
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
        }
      >
        What you saved is kept. Try again; if it stays, tell us the reference.
      </ErrorPanel>
    </main>
  );
}
