"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { Button } from "@/ui/button.tsx";
import { FormError } from "@/ui/notice.tsx";
import { confirmImportAction, discardImportAction } from "./import-actions.ts";

/** Import or put aside: asked once the file is checked. */
export function ImportDecision({ importId, sound }: { importId: string; sound: number }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [trouble, setTrouble] = useState<string | null>(null);
  const decide = (action: typeof confirmImportAction) =>
    startTransition(async () => {
      const result = await action(importId);
      setTrouble(result.ok ? null : result.message);
      router.refresh();
    });
  return (
    <div className="grid gap-2">
      <FormError>{trouble}</FormError>
      <div className="flex flex-wrap gap-2">
        {sound > 0 ? (
          <Button variant="primary" busy={pending} onClick={() => decide(confirmImportAction)}>
            Import {sound} {sound === 1 ? "item" : "items"} as drafts
          </Button>
        ) : null}
        <Button busy={pending} onClick={() => decide(discardImportAction)}>
          Discard
        </Button>
      </div>
    </div>
  );
}

/** While the worker is at it, the page looks again every two seconds. */
export function LookAgain() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), 2000);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
