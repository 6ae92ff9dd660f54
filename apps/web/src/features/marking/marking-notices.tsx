"use client";

import { useState } from "react";
import { Button } from "@/ui/button.tsx";
import { formatDateTime } from "@/ui/format.ts";
import { LinkButton } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import type { MarkedScript } from "./marking-api.ts";
import { cannotMarkText } from "./words.ts";

export function LostNotice({ message, onTake }: { message: string; onTake: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  return (
    <Notice
      tone="warn"
      title="This script is not with you now"
      className="m-3"
      action={
        <div className="flex flex-wrap gap-2">
          <Button
            size="sm"
            variant="primary"
            className="max-wide:min-h-11"
            busy={busy}
            onClick={async () => {
              setBusy(true);
              await onTake();
              setBusy(false);
            }}
          >
            Take it up again
          </Button>
          <LinkButton size="sm" className="max-wide:min-h-11" href="/marking">
            To the queue
          </LinkButton>
        </div>
      }
    >
      {message}
    </Notice>
  );
}

export function OverNotice({
  mine,
  finalAt,
  skill,
  timeZone,
}: {
  mine: NonNullable<MarkedScript["mine"]>;
  finalAt: Date;
  skill: string;
  timeZone: string;
}) {
  const verdict = mine.cannotMark
    ? ` You said that it cannot be marked: ${cannotMarkText(mine.cannotMark, skill).toLowerCase()}.`
    : "";
  return (
    <Notice className="m-3">
      You marked this script on {formatDateTime(finalAt, timeZone)}. Marks do not change once they are submitted.
      {verdict}
      {mine.status === "superseded" ? " The script has been sent to another examiner since." : ""}
    </Notice>
  );
}
