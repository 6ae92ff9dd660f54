import { EmptyState } from "@/ui/empty-state.tsx";
import { LinkButton } from "@/ui/link-button.tsx";

export default function ScriptNotFound() {
  return (
    <main className="page-narrow py-16">
      <EmptyState
        title={<h1 className="text-h2">This script is not with you</h1>}
        action={
          <LinkButton href="/marking" variant="primary">
            To the queue
          </LinkButton>
        }
      >
        It was never yours, or there is no such script. Take the next one from the queue.
      </EmptyState>
    </main>
  );
}
