"use client";

import { useActionState } from "react";
import { Button } from "@/ui/button.tsx";
import { FormError } from "@/ui/notice.tsx";
import { trySpeechToTextAction } from "./actions.ts";

export function TryButton() {
  const [result, action, pending] = useActionState(trySpeechToTextAction, null);
  return (
    <form action={action} className="grid justify-items-start gap-2">
      <FormError>{result && !result.ok ? result.message : null}</FormError>
      <Button type="submit" busy={pending}>
        Try it with a sample
      </Button>
    </form>
  );
}
