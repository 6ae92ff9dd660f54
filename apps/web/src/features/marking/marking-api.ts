import type { getScriptForMarking } from "@bandwise/core/marking/queries";
import type { AnswerId } from "@bandwise/core/marking/rules";
import type { Annotation, CannotMarkReason, Queue, RatedSkill, Scores } from "@bandwise/core/marking/schema";

export type MarkedScript = Awaited<ReturnType<typeof getScriptForMarking>>;

/** What a call came to. `offline`: no answer at all; the work is kept here and sent again. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly kind: "offline" | "lost" | "signed-out" | "refused"; readonly message: string };

export interface Held {
  readonly scriptId: string;
  readonly leaseToken: string;
}

export interface Marks {
  readonly scores: Scores;
  readonly comment: string;
  readonly annotations: readonly Annotation[];
}

async function call<T>(method: "POST" | "PUT", path: string, body: object): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(`/api/marking/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    });
  } catch {
    return { ok: false, kind: "offline", message: "The server cannot be reached." };
  }
  if (response.ok) return { ok: true, value: (await response.json()) as T };
  const told = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
  const message = told?.error?.message ?? "The server could not do this.";
  if (response.status === 409) return { ok: false, kind: "lost", message };
  if (response.status === 401) {
    return {
      ok: false,
      kind: "signed-out",
      message: "Your sign-in has ended. Sign in again in another tab, then go on here.",
    };
  }
  // A server that is restarting is away for a moment, like a network that is.
  if (response.status >= 502) return { ok: false, kind: "offline", message };
  return { ok: false, kind: "refused", message };
}

export const renewLease = ({ scriptId, leaseToken }: Held) =>
  call<{ until: string }>("POST", `scripts/${scriptId}/lease`, { leaseToken });

export const saveDraft = ({ scriptId, leaseToken }: Held, marks: Marks) =>
  call<{ savedAt: string; until: string }>("PUT", `scripts/${scriptId}/draft`, { leaseToken, ...marks });

export const submitRating = (
  { scriptId, leaseToken }: Held,
  marks: Marks,
  judged: AnswerId,
  cannotMark?: CannotMarkReason,
) => call<{ ratingId: string }>("POST", `scripts/${scriptId}/rating`, { leaseToken, ...marks, judged, cannotMark });

/** The next script, whole: what comes `beside` the one in hand is loaded ahead. */
export const takeNext = (skill: RatedSkill, queue: Queue, beside?: string) =>
  call<{ script: MarkedScript | null }>("POST", "next", { skill, queue, beside });

export const retake = (code: string) => call<{ leaseToken: string; until: string }>("POST", "retake", { code });
