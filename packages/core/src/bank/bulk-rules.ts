import type { Permission } from "../kernel/policy.ts";
import {
  type Decision,
  decideMove,
  type ItemMove,
  type ItemStatus,
  isInUse,
  isProtectedAnchor,
  itemMoves,
  protectedAnchor,
} from "./life-cycle-rules.ts";
import { type MetadataChange, type Skill, subSkills } from "./schema.ts";

/** Moves that may be made over many items at once. A review is one person's reading of one version, so it is not among them. */
export const bulkMoves = ["submit", "withdraw", "pretest", "activate", "rest", "wake", "retire"] as const;
export type BulkMove = (typeof bulkMoves)[number];

export type BulkChange =
  | { readonly kind: "metadata"; readonly set: MetadataChange }
  | { readonly kind: "move"; readonly move: BulkMove };

/** The version of an item that a bulk edit would change, with what stands around it. */
export interface BulkTarget {
  readonly skill: Skill;
  readonly status: ItemStatus;
  readonly approved: boolean;
  readonly anchor: boolean;
  readonly subSkill: string;
  readonly topic: string;
  readonly difficulty: number;
  readonly difficultyReason: string | null;
  readonly fairness: string | null;
  /** The item has a version in use and a newer one in preparation. */
  readonly newerWaits: boolean;
}

/** Moves out of preparation concern the newer version; all else concerns the version that lists show. */
export function concernsPreparation(change: BulkChange): boolean {
  return change.kind === "move" &&
    itemMoves[change.move].from.some((status) => status === "draft" || status === "in_review")
    ? change.move !== "retire"
    : false;
}

/** Whether a bulk edit changes this item, or why not; `mayDo` is the person's permissions. */
export function decideBulk(
  change: BulkChange,
  target: BulkTarget,
  mayDo: (permission: Permission) => boolean,
): Decision<object> {
  return change.kind === "move"
    ? decideBulkMove(change.move, target, mayDo)
    : decideMetadata(change.set, target, mayDo);
}

const refuse = (why: string): { readonly ok: false; readonly why: string } => ({ ok: false, why });

function decideBulkMove(
  move: BulkMove,
  target: BulkTarget,
  mayDo: (permission: Permission) => boolean,
): Decision<object> {
  if (!mayDo(itemMoves[move].permission)) return refuse("Your account may not do this.");
  if (move === "retire" && target.newerWaits) return refuse("A newer version waits: retire the item by itself.");
  return decideMove(move, target);
}

function decideMetadata(
  set: MetadataChange,
  target: BulkTarget,
  mayDo: (permission: Permission) => boolean,
): Decision<object> {
  const { status } = target;
  if (status === "retired") return refuse("It is retired.");
  if (status === "in_review") return refuse("It is in review.");
  if (target.newerWaits) return refuse("A newer version waits: put it into use or give it up first.");
  if (isInUse(status) && !mayDo("item:release")) return refuse("It is in use: only an admin may change it here.");
  const leavesPool = set.anchor === false && Object.keys(set).length === 1;
  if (isProtectedAnchor(target) && !leavesPool) return refuse(protectedAnchor);
  const known: readonly string[] = subSkills[target.skill];
  if (set.subSkill !== undefined && !known.includes(set.subSkill)) {
    return refuse(`${target.skill} has no such sub-skill.`);
  }
  const changes = Object.entries(set).some(([name, value]) => target[name as keyof MetadataChange] !== value);
  return changes ? { ok: true } : refuse("It is so already.");
}

const inverses: Readonly<Partial<Record<BulkMove, ItemMove>>> = {
  submit: "withdraw",
  withdraw: "submit",
  rest: "wake",
  wake: "rest",
};

/** The move that takes a bulk move back; null where there is no way back. */
export function inverseOf(move: BulkMove): ItemMove | null {
  return inverses[move] ?? null;
}

/** What a bulk edit changed on an item, as undoing finds it now. */
export interface UndoTarget extends Pick<BulkTarget, "status" | "approved" | "anchor"> {
  /** The version the edit wrote or moved is still the item's newest. */
  readonly newest: boolean;
}

/** The item may have come into use since: whoever takes it back then needs what changing it now would need. */
export function decideUndo(
  change: BulkChange,
  target: UndoTarget,
  mayDo: (permission: Permission) => boolean,
): Decision<object> {
  if (!target.newest) return refuse("A later version exists.");
  if (change.kind === "metadata") {
    if (target.status === "retired") return refuse("It has been retired since.");
    if (target.status === "in_review") return refuse("It is in review.");
    if (isInUse(target.status) && !mayDo("item:release"))
      return refuse("It is in use: only an admin may change it here.");
    const leavesPool = change.set.anchor === true && Object.keys(change.set).length === 1;
    return isProtectedAnchor(target) && !leavesPool ? refuse(protectedAnchor) : { ok: true };
  }
  const inverse = inverseOf(change.move);
  if (!inverse) return refuse("This step cannot be taken back.");
  if (!mayDo(itemMoves[inverse].permission)) return refuse("Your account may not do this.");
  return decideMove(inverse, target);
}
