"use client";

import { leaseRenewSeconds } from "@bandwise/core/marking/rules";
import type { Queue } from "@bandwise/core/marking/schema";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import type { MarkedScript } from "./marking-api.ts";
import { renewLease, takeNext } from "./marking-api.ts";
import { MarkingScreen } from "./marking-screen.tsx";

/** Dates travel as text. */
function revived(script: MarkedScript): MarkedScript {
  return {
    ...script,
    now: new Date(script.now),
    lease: script.lease && { ...script.lease, until: new Date(script.lease.until) },
    mine: script.mine && {
      ...script.mine,
      savedAt: new Date(script.mine.savedAt),
      finalAt: script.mine.finalAt && new Date(script.mine.finalAt),
    },
  };
}

/**
 * One script after the other. From the first mark on the next script lies ready, sound included, so that it stands there as
 * soon as this one is submitted; if the page closes first, it goes back to the queue like any other.
 */
export function MarkingDesk({ first, owner, timeZone }: { first: MarkedScript; owner: string; timeZone: string }) {
  const router = useRouter();
  const [script, setScript] = useState(first);
  const ahead = useRef<{ readonly beside: string; readonly taken: ReturnType<typeof takeNext> } | null>(null);
  const next = useRef<MarkedScript | null>(null);
  const queue: Queue = script.purpose !== "live" ? "benchmarks" : script.marksToDecide ? "adjudication" : "live";
  const { skill } = script.work;

  const loadAhead = useCallback(() => {
    // A senior's next decision waits until she asks for it: others could make it meanwhile.
    if (queue !== "live" || ahead.current?.beside === script.code) return;
    const taken = takeNext(skill, queue, script.code);
    ahead.current = { beside: script.code, taken };
    void taken.then((answer) => {
      if (!answer.ok || !answer.value.script || ahead.current?.taken !== taken) return;
      next.current = revived(answer.value.script);
      if (next.current.work.skill === "speaking") {
        void fetch(`/api/marking/scripts/${next.current.id}/audio`).catch(() => undefined);
      }
    });
  }, [queue, skill, script.code]);

  // What lies ready is held like what is being marked.
  useEffect(() => {
    const beat = setInterval(() => {
      const held = next.current;
      if (held?.lease) void renewLease({ scriptId: held.id, leaseToken: held.lease.token });
    }, leaseRenewSeconds * 1000);
    return () => clearInterval(beat);
  }, []);

  async function goOn() {
    if (script.purpose === "training") {
      // Its model marks are the lesson: the page stays and shows them.
      router.refresh();
      return;
    }
    const waiting = ahead.current?.beside === script.code ? ahead.current.taken : takeNext(skill, queue);
    ahead.current = null;
    const ready = next.current;
    next.current = null;
    if (!ready) {
      const answer = await waiting;
      if (!answer.ok || !answer.value.script) {
        router.push(
          queue === "benchmarks"
            ? `/marking/qualification/${skill}`
            : answer.ok
              ? `/marking?done=${skill}`
              : "/marking",
        );
        return;
      }
      show(revived(answer.value.script));
      return;
    }
    show(ready);
  }

  function show(following: MarkedScript) {
    // It may have been taken away meanwhile, with the whole queue; then the queue's page says why.
    if (following.lease) {
      void renewLease({ scriptId: following.id, leaseToken: following.lease.token }).then((answer) => {
        if (!answer.ok && answer.kind === "lost") router.push("/marking");
      });
    }
    setScript(following);
    window.history.pushState(null, "", `/marking/${following.code}`);
    document.title = document.title.replace(script.code, following.code);
  }

  // After a refresh the server's own reading of the same script is newer.
  useEffect(() => {
    setScript((shown) => (shown.id === first.id ? first : shown));
  }, [first]);

  return (
    <MarkingScreen
      key={`${script.id}-${script.mine?.finalAt ? "over" : "open"}`}
      {...{ script, owner, timeZone, queue }}
      onBegun={loadAhead}
      onDone={goOn}
    />
  );
}
