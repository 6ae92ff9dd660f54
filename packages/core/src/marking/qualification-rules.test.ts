import { describe, expect, test } from "vitest";
import {
  agreementWithModel,
  decideAfterSet,
  nextBenchmark,
  passesSet,
  qualificationRule,
  qualificationState,
} from "./qualification-rules.ts";

const model = { grammar: 6, vocabulary: 5 };

test("agreement counts each criterion, exact among the adjacent, and says in which direction", () => {
  const pairs = [
    { given: { grammar: 6, vocabulary: 6 }, model },
    { given: { grammar: 7.5, vocabulary: 5 }, model },
  ];
  expect(agreementWithModel(pairs)).toEqual({ marks: 4, exact: 2, adjacent: 3, bias: 0.625 });
  expect(agreementWithModel([])).toEqual({ marks: 0, exact: 0, adjacent: 0, bias: 0 });
});

describe("a set of ten", () => {
  const of = (exact: number, adjacent: number) => ({ marks: 50, exact, adjacent, bias: 0 });
  test("is passed at both shares exactly, and not below either", () => {
    expect(qualificationRule).toMatchObject({ setSize: 10, exactPercent: 30, adjacentPercent: 85 });
    expect(passesSet(of(15, 43))).toBe(true);
    expect(passesSet(of(14, 50))).toBe(false);
    expect(passesSet(of(40, 42))).toBe(false);
    expect(passesSet({ marks: 0, exact: 0, adjacent: 0, bias: 0 })).toBe(false);
  });
  test("decides when its last script is marked: on to the second, qualified, or failed", () => {
    expect(decideAfterSet("training", 0, of(0, 0))).toBeNull();
    expect(decideAfterSet("set_one", 1, of(50, 50))).toBeNull();
    expect(decideAfterSet("set_one", 0, of(20, 50))).toBe("on");
    expect(decideAfterSet("set_one", 0, of(2, 20))).toBe("failed");
    expect(decideAfterSet("set_two", 0, of(20, 50))).toBe("passed");
    expect(decideAfterSet("set_two", 0, of(2, 20))).toBe("failed");
  });
});

test("training comes first and in order, the sets in an order of one's own", () => {
  const benchmark = (id: string, use: "training" | "set_one" | "set_two") => ({ id, use });
  const all = [
    benchmark("t1", "training"),
    benchmark("t2", "training"),
    benchmark("a", "set_one"),
    benchmark("b", "set_one"),
    benchmark("c", "set_two"),
  ];
  const seen: string[] = [];
  for (let next = nextBenchmark(all, new Set(), order); next; next = nextBenchmark(all, new Set(seen), order)) {
    seen.push(next.id);
  }
  function order({ id }: { id: string }): string {
    return id === "b" ? "0" : "1";
  }
  expect(seen).toEqual(["t1", "t2", "b", "a", "c"]);
});

test("a qualification ends with its date, with a failure and with a withdrawal", () => {
  const now = new Date("2026-03-02T09:00:00Z");
  const until = (day: string) => ({ verdict: "passed" as const, validUntil: new Date(`${day}T09:00:00Z`) });
  expect(qualificationState(null, now)).toBe("never");
  expect(qualificationState(until("2026-03-03"), now)).toBe("qualified");
  expect(qualificationState(until("2026-03-02"), now)).toBe("expired");
  expect(qualificationState({ verdict: "failed", validUntil: null }, now)).toBe("failed");
  expect(qualificationState({ verdict: "withdrawn", validUntil: null }, now)).toBe("withdrawn");
});
