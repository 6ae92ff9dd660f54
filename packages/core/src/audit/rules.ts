/** Why this person may not decide this request; null when they may. */
export function refuseDecision(
  approval: { readonly status: string; readonly requestedById: string; readonly subjectId: string },
  deciderId: string,
): string | null {
  if (approval.status !== "open") return "This request has already been decided.";
  if (approval.requestedById === deciderId) return "A second person must decide: you asked for this yourself.";
  if (approval.subjectId === deciderId) return "This is about your own account: someone else must decide.";
  return null;
}
