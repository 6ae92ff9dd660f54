import type { SharedCertificate } from "./share-queries.ts";

/** What a share link shows, for programs: the same words as its page, and nothing that the page does not show. */
export type SharedReport =
  | { readonly status: "unknown"; readonly checkedAt: Date }
  | { readonly status: "ended"; readonly checkedAt: Date; readonly endedAt: Date; readonly withdrawn: boolean }
  | {
      readonly status: "valid" | "expired" | "revoked" | "superseded" | "damaged";
      readonly checkedAt: Date;
      readonly recipient: string;
      readonly purpose: string;
      readonly linkEndsAt: Date;
      readonly awardingBody: string | null;
      /** Null where the certificate does not stand any more. */
      readonly report: Extract<SharedCertificate, { kind: "shown" }>["shown"];
      readonly revokedAt: Date | null;
      readonly reason: string | null;
      readonly replacedAt: Date | null;
    };

export function sharedReport(shared: SharedCertificate, checkedAt: Date): SharedReport {
  if (shared.kind === "unknown") return { status: "unknown", checkedAt };
  if (shared.kind === "ended") {
    return { status: "ended", checkedAt, endedAt: shared.endedAt, withdrawn: shared.withdrawn };
  }
  const { verification: found } = shared;
  if (found.kind === "unknown") return { status: "unknown", checkedAt };
  return {
    status: found.kind,
    checkedAt: found.checkedAt,
    recipient: shared.recipient,
    purpose: shared.purpose,
    linkEndsAt: shared.expiresAt,
    awardingBody: "awardingBody" in found ? found.awardingBody : null,
    report: shared.shown,
    revokedAt: found.kind === "revoked" ? found.revokedAt : null,
    reason: found.kind === "revoked" ? found.reason : null,
    replacedAt: found.kind === "superseded" ? found.replacedAt : null,
  };
}
