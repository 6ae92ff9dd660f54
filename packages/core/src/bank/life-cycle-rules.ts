import type { Permission } from "../kernel/policy.ts";
import type { itemStatuses } from "./schema.ts";

export type ItemStatus = (typeof itemStatuses)[number];

interface Move {
  readonly from: readonly ItemStatus[];
  readonly to: ItemStatus;
  readonly permission: Permission;
}

/**
 * The life of an item version. An item has at most one version in preparation (draft, in review) and at most one in use
 * (pretest, active, resting): a new version takes the place of the one in preparation, a version put into use that of the
 * one in use. Approval is no move: it is a signature on a version in review, which then waits to be put into use.
 */
export const itemMoves = {
  submit: { from: ["draft"], to: "in_review", permission: "item:write" },
  discard: { from: ["draft"], to: "retired", permission: "item:write" },
  withdraw: { from: ["in_review"], to: "draft", permission: "item:write" },
  return: { from: ["in_review"], to: "draft", permission: "item:review" },
  pretest: { from: ["in_review"], to: "pretest", permission: "item:release" },
  activate: { from: ["in_review", "pretest"], to: "active", permission: "item:release" },
  rest: { from: ["active"], to: "resting", permission: "item:release" },
  wake: { from: ["resting"], to: "active", permission: "item:release" },
  retire: { from: ["draft", "in_review", "pretest", "active", "resting"], to: "retired", permission: "item:release" },
} as const satisfies Record<string, Move>;
export type ItemMove = keyof typeof itemMoves;
export const itemMoveNames = Object.keys(itemMoves) as readonly ItemMove[];

export const statusesInUse = ["pretest", "active", "resting"] as const satisfies readonly ItemStatus[];
const statusesInPreparation = ["draft", "in_review"] as const satisfies readonly ItemStatus[];

export function isInUse(status: ItemStatus): boolean {
  return statusesInUse.some((one) => one === status);
}

export function isInPreparation(status: ItemStatus): boolean {
  return statusesInPreparation.some((one) => one === status);
}

/** What a decision about a version needs to know of it. */
export interface VersionFacts {
  readonly status: ItemStatus;
  readonly authorId: string | null;
  /** The newest review of exactly this version approves it. */
  readonly approved: boolean;
  readonly anchor: boolean;
  /** Remarks on any version of the item that nobody has settled yet. */
  readonly openComments: number;
}

export type Decision<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly why: string };

const refuse = (why: string): { readonly ok: false; readonly why: string } => ({ ok: false, why });

export const statusWords: Readonly<Record<ItemStatus, string>> = {
  draft: "a draft",
  in_review: "in review",
  pretest: "in pretest",
  active: "active",
  resting: "resting",
  retired: "retired",
};

/** Whether a version may make this move now, or why not. Who may ask at all is the permission's business. */
export function decideMove(
  move: ItemMove,
  version: Pick<VersionFacts, "status" | "approved" | "anchor">,
): Decision<{ readonly to: ItemStatus }> {
  const { from, to }: Move = itemMoves[move];
  if (!from.includes(version.status)) {
    return refuse(
      version.status === to
        ? `It is ${statusWords[to]} already.`
        : `A version that is ${statusWords[version.status]} cannot become ${statusWords[to]}.`,
    );
  }
  if ((move === "pretest" || move === "activate") && !version.approved) {
    return refuse("A second person has to approve exactly this version first.");
  }
  if ((move === "rest" || move === "retire") && isProtectedAnchor(version)) return refuse(protectedAnchor);
  return { ok: true, to };
}

/** An anchor in use ties results of different times together: it changes only after an admin has taken it out of the pool. */
export function isProtectedAnchor(version: Pick<VersionFacts, "status" | "anchor">): boolean {
  return version.anchor && (version.status === "active" || version.status === "resting");
}
export const protectedAnchor =
  "This is an anchor in use. An admin has to take it out of the anchor pool before it can change.";

/** Whether this person may sign or send back a version: never their own, and only while it is in review. */
export function decideReview(
  version: Pick<VersionFacts, "status" | "authorId">,
  reviewerId: string,
): Decision<{ readonly signedBy: string }> {
  if (version.status !== "in_review") {
    return refuse(`A version that is ${statusWords[version.status]} is not up for review.`);
  }
  if (version.authorId === reviewerId) return refuse("You wrote this version: a second person has to review it.");
  return { ok: true, signedBy: reviewerId };
}

/** The newest decision about a version: does it let the version into use? */
export function isApproval(decision: string | undefined): boolean {
  return decision === "approve" || decision === "carry";
}

/** What a reviewer signed, as it is judged. */
export interface SignedReview {
  readonly checklist: readonly string[];
  readonly solvedWithoutStimulus?: string | undefined;
  /** Whether the reviewer's own answer earns full credit by the key; null where none was given. */
  readonly solved: boolean | null;
  /** The word to the author. */
  readonly summary: string;
}

/** Long enough that it has to say something. */
const reasonLength = 20;

/**
 * An approval needs every line of the checklist, an own solution where there is a key, and no remark left open. A reviewer
 * whose solution is not the key has found a wrong key or a second right answer, or says in writing why the key stands.
 */
export function decideApproval(
  version: VersionFacts,
  reviewerId: string,
  asked: { readonly checklist: readonly string[]; readonly hasKey: boolean },
  signed: SignedReview,
): Decision<{ readonly signedBy: string }> {
  const review = decideReview(version, reviewerId);
  if (!review.ok) return review;
  if (version.approved) return refuse("This version is approved already.");
  const missing = asked.checklist.filter((line) => !signed.checklist.includes(line));
  if (missing.length > 0) return refuse(`Not signed yet: ${missing.join("; ")}.`);
  if (asked.hasKey && (signed.solved === null || signed.solvedWithoutStimulus === undefined)) {
    return refuse("Solve the item yourself first: with its text, then without.");
  }
  if (asked.hasKey && !signed.solved && signed.summary.length < reasonLength) {
    return refuse("Your own answer is not the key. Send the item back, or tell the author why the key is right.");
  }
  if (version.openComments > 0) {
    return refuse(
      version.openComments === 1
        ? "One comment is still open: settle it, or return the item."
        : `${version.openComments} comments are still open: settle them, or return the item.`,
    );
  }
  return review;
}

/** Whether a new version of an item may be written, seen from the versions it has. */
export function decideEdit(versions: readonly Pick<VersionFacts, "status" | "anchor">[]): Decision<object> {
  if (versions.every((version) => version.status === "retired")) {
    return refuse("This item is retired for good. Write a new item instead; what you typed is still here.");
  }
  if (versions.some((version) => version.status === "in_review")) {
    return refuse("A version of this item is in review. Withdraw it, or wait for the reviewer.");
  }
  if (versions.some(isProtectedAnchor)) return refuse(protectedAnchor);
  return { ok: true };
}
