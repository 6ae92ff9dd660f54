"use client";

import { leaseRenewSeconds } from "@bandwise/core/marking/rules";
import type { CannotMarkReason } from "@bandwise/core/marking/schema";
import { useCallback, useEffect, useRef, useState } from "react";
import { dropMarks, findKeptMarks, keepMarks } from "./kept-marks.ts";
import {
  type Answer,
  type MarkedScript,
  type Marks,
  renewLease,
  retake,
  saveDraft,
  submitRating,
} from "./marking-api.ts";

const saveAfterMs = 1000;
const tryAgainMs = 5000;

/** What is true of the draft: `none` before the first mark, `unsaved` while the hand may still be moving, `kept` in this browser alone while the script is not ours. */
export type DraftState =
  | { readonly kind: "none" | "unsaved" | "saving" | "offline" | "kept" }
  | { readonly kind: "saved"; readonly at: Date }
  | { readonly kind: "failed"; readonly message: string };

export type Lease =
  | { readonly kind: "held"; readonly token: string; readonly until: Date }
  /** The page was silent too long, or the script is with somebody else: `message` says which. */
  | { readonly kind: "lost"; readonly message: string }
  /** Marked already. */
  | { readonly kind: "over" };

function leaseOf({ lease, mine }: MarkedScript): Lease {
  if (mine && mine.status !== "draft") return { kind: "over" };
  if (lease) return { kind: "held", token: lease.token, until: lease.until };
  return { kind: "lost", message: "It went back to the queue after two silent minutes. Your marks are kept." };
}

/**
 * The marks of one script with everything that keeps them safe: a copy in the browser from the first key, saved a second
 * after the last one, sent again when the line is back; and the lease, renewed while the page is seen.
 */
export function useMarking(script: MarkedScript, owner: string) {
  const [marks, setMarks] = useState<Marks>({
    scores: script.mine?.scores ?? {},
    comment: script.mine?.comment ?? "",
    annotations: script.mine?.annotations ?? [],
  });
  const [lease, setLease] = useState<Lease>(() => leaseOf(script));
  const [draft, setDraft] = useState<DraftState>(() => {
    const { mine } = script;
    const begun =
      mine !== null && (Object.keys(mine.scores).length > 0 || mine.comment !== "" || mine.annotations.length > 0);
    return begun ? { kind: "saved", at: mine.savedAt } : { kind: "none" };
  });
  const latest = useRef({ marks, revision: 0, savedRevision: 0, saving: false, submitting: false });
  const token = useRef(lease.kind === "held" ? lease.token : null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { id: scriptId, code, judged } = script;

  const noteLoss = useCallback((answer: Answer<unknown>) => {
    if (answer.ok || answer.kind !== "lost") return;
    token.current = null;
    setLease({ kind: "lost", message: answer.message });
  }, []);

  const save = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    const now = latest.current;
    if (now.saving || now.submitting || now.revision === now.savedRevision || token.current === null) return;
    now.saving = true;
    const { revision, marks: sent } = now;
    setDraft({ kind: "saving" });
    const answer = await saveDraft({ scriptId, leaseToken: token.current }, sent);
    now.saving = false;
    if (answer.ok) {
      now.savedRevision = revision;
      setLease((held) => (held.kind === "held" ? { ...held, until: new Date(answer.value.until) } : held));
      if (now.revision === revision) {
        dropMarks(owner, code);
        setDraft({ kind: "saved", at: new Date(answer.value.savedAt) });
      } else timer.current = setTimeout(() => void save(), saveAfterMs);
      return;
    }
    noteLoss(answer);
    if (answer.kind === "lost") {
      setDraft({ kind: "kept" });
      return;
    }
    setDraft(answer.kind === "offline" ? { kind: "offline" } : { kind: "failed", message: answer.message });
    timer.current = setTimeout(() => void save(), tryAgainMs);
  }, [scriptId, code, owner, noteLoss]);

  const change = useCallback(
    (next: Marks) => {
      const now = latest.current;
      now.marks = next;
      now.revision += 1;
      setMarks(next);
      keepMarks(owner, code, next);
      setDraft({ kind: token.current === null ? "kept" : "unsaved" });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), saveAfterMs);
    },
    [owner, code, save],
  );

  // What an earlier visit could not deliver comes back, and is delivered now.
  useEffect(() => {
    if (leaseOf(script).kind === "over") return;
    const found = findKeptMarks(owner, code);
    if (found) change(found);
  }, [script, owner, code, change]);

  useEffect(() => {
    const online = () => void save();
    window.addEventListener("online", online);
    return () => {
      window.removeEventListener("online", online);
      clearTimeout(timer.current);
    };
  }, [save]);

  useEffect(() => {
    const renew = async () => {
      if (document.visibilityState !== "visible" || token.current === null || latest.current.submitting) return;
      const answer = await renewLease({ scriptId, leaseToken: token.current });
      if (answer.ok) {
        setLease((held) => (held.kind === "held" ? { ...held, until: new Date(answer.value.until) } : held));
      } else if (!latest.current.submitting) noteLoss(answer);
    };
    const beat = setInterval(() => void renew(), leaseRenewSeconds * 1000);
    const seen = () => void renew();
    document.addEventListener("visibilitychange", seen);
    return () => {
      clearInterval(beat);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [scriptId, noteLoss]);

  const takeAgain = useCallback(async () => {
    const answer = await retake(code);
    if (!answer.ok) {
      setLease({ kind: "lost", message: answer.message });
      return;
    }
    token.current = answer.value.leaseToken;
    setLease({ kind: "held", token: answer.value.leaseToken, until: new Date(answer.value.until) });
    const now = latest.current;
    if (now.revision !== now.savedRevision) await save();
  }, [code, save]);

  /** Null when it went through, else what to tell the examiner. */
  const submit = useCallback(
    async (cannotMark?: CannotMarkReason): Promise<string | null> => {
      if (token.current === null) return "The script is not with you now.";
      const now = latest.current;
      now.submitting = true;
      clearTimeout(timer.current);
      const answer = await submitRating({ scriptId, leaseToken: token.current }, now.marks, judged, cannotMark);
      if (answer.ok) {
        dropMarks(owner, code);
        return null;
      }
      now.submitting = false;
      noteLoss(answer);
      // What the submission would have carried is still to be saved.
      if (answer.kind !== "lost") timer.current = setTimeout(() => void save(), tryAgainMs);
      if (answer.kind === "offline")
        return "Not submitted: the server cannot be reached. Your marks are kept here. Try again.";
      return answer.message;
    },
    [scriptId, code, judged, owner, noteLoss, save],
  );

  return { marks, change, draft, lease, save, submit, takeAgain };
}
