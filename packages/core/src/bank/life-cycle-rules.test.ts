import { describe, expect, test } from "vitest";
import {
  decideApproval,
  decideEdit,
  decideMove,
  decideReview,
  type ItemStatus,
  itemMoveNames,
  itemMoves,
  type VersionFacts,
} from "./life-cycle-rules.ts";
import { reviewChecklist } from "./review-rules.ts";
import { itemStatuses } from "./schema.ts";

const version = (facts: Partial<VersionFacts> = {}): VersionFacts => ({
  status: "in_review",
  authorId: "writer",
  approved: false,
  anchor: false,
  openComments: 0,
  ...facts,
});

describe("a move", () => {
  test("goes from where the table says and from nowhere else, whatever the version", () => {
    for (const move of itemMoveNames) {
      const from: readonly ItemStatus[] = itemMoves[move].from;
      for (const status of itemStatuses) {
        const decision = decideMove(move, version({ status, approved: true }));
        expect(decision.ok, `${move} from ${status}`).toBe(from.includes(status));
        if (decision.ok) expect(decision.to).toBe(itemMoves[move].to);
      }
    }
  });

  test("leads out of retirement for nobody", () => {
    expect(itemMoveNames.filter((move) => decideMove(move, version({ status: "retired", approved: true })).ok)).toEqual(
      [],
    );
  });

  test("puts nothing into use that a second person has not approved", () => {
    for (const status of itemStatuses) {
      expect(decideMove("activate", version({ status })).ok).toBe(false);
      expect(decideMove("pretest", version({ status })).ok).toBe(false);
    }
    expect(decideMove("activate", version({ approved: true })).ok).toBe(true);
  });

  test("leaves an anchor in use where it is; an anchor that is not yet in use is an item like others", () => {
    for (const status of ["active", "resting"] as const) {
      expect(decideMove("retire", version({ status, anchor: true }))).toMatchObject({ ok: false });
    }
    expect(decideMove("rest", version({ status: "active", anchor: true })).ok).toBe(false);
    expect(decideMove("retire", version({ status: "draft", anchor: true })).ok).toBe(true);
  });
});

describe("a review", () => {
  const checklist = reviewChecklist({ skill: "reading" });
  const asked = { checklist, hasKey: true };
  const signed = { checklist, solved: true, solvedWithoutStimulus: "chance", summary: "" };
  const unsolved = { checklist, solved: null, summary: "" };

  test("is never the author's own, an admin's neither", () => {
    expect(decideReview(version(), "writer")).toMatchObject({ ok: false });
    expect(decideReview(version(), "reviewer")).toEqual({ ok: true, signedBy: "reviewer" });
    expect(decideReview(version({ authorId: null }), "reviewer").ok).toBe(true);
  });

  test("happens in review alone", () => {
    for (const status of itemStatuses) {
      expect(decideReview(version({ status }), "reviewer").ok).toBe(status === "in_review");
    }
  });

  test("approves with every line signed, the item solved, and no remark open", () => {
    expect(decideApproval(version(), "reviewer", asked, signed)).toEqual({ ok: true, signedBy: "reviewer" });
    for (const line of checklist) {
      const others = checklist.filter((one) => one !== line);
      expect(decideApproval(version(), "reviewer", asked, { ...signed, checklist: others })).toMatchObject({
        ok: false,
        why: expect.stringContaining(line),
      });
    }
    expect(decideApproval(version(), "reviewer", asked, unsolved)).toMatchObject({ ok: false });
    expect(decideApproval(version(), "reviewer", { ...asked, hasKey: false }, unsolved).ok).toBe(true);
    const other = { ...signed, solved: false };
    expect(decideApproval(version(), "reviewer", asked, other)).toMatchObject({
      ok: false,
      why: expect.stringContaining("not the key"),
    });
    const summary = "I misread the second paragraph; the key is right.";
    expect(decideApproval(version(), "reviewer", asked, { ...other, summary }).ok).toBe(true);
    expect(decideApproval(version({ openComments: 2 }), "reviewer", asked, signed)).toMatchObject({
      ok: false,
      why: expect.stringContaining("2 comments"),
    });
    expect(decideApproval(version({ approved: true }), "reviewer", asked, signed).ok).toBe(false);
    expect(decideApproval(version(), "writer", asked, signed).ok).toBe(false);
  });
});

describe("an edit", () => {
  test("waits for a review, spares anchors in use, and never revives", () => {
    const of = (...statuses: ItemStatus[]) => statuses.map((status) => ({ status, anchor: false }));
    expect(decideEdit(of("draft")).ok).toBe(true);
    expect(decideEdit(of("draft", "active", "retired")).ok).toBe(true);
    expect(decideEdit(of("in_review", "active")).ok).toBe(false);
    expect(decideEdit(of("retired", "retired")).ok).toBe(false);
    expect(decideEdit([{ status: "active", anchor: true }]).ok).toBe(false);
    expect(decideEdit([{ status: "draft", anchor: true }]).ok).toBe(true);
    expect(
      decideEdit([
        { status: "active", anchor: false },
        { status: "retired", anchor: true },
      ]).ok,
    ).toBe(true);
  });
});
