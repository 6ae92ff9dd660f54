import { describe, expect, it } from "vitest";
import { placeOf } from "./place.ts";

type Exam = Parameters<typeof placeOf>[0];

function exam(change: Partial<Exam> = {}): Exam {
  return {
    status: "in_progress",
    writerClientId: "me",
    sections: [{ status: "open", deadline: 1_000 }],
    ...change,
  };
}

describe("placeOf", () => {
  it("is the open section until its deadline", () => {
    expect(placeOf(exam(), "me", 999)).toEqual({ phase: "section", deadline: 1_000 });
    expect(placeOf(exam(), "me", 1_000)).toEqual({ phase: "time-up", deadline: 1_000 });
  });

  it("is the pause where no section is open", () => {
    expect(placeOf(exam({ sections: [] }), "me", 0)).toEqual({ phase: "between", deadline: null });
  });

  it("is elsewhere for the page that does not write, and over for every page once handed in", () => {
    expect(placeOf(exam(), "another", 0).phase).toBe("elsewhere");
    for (const status of ["submitted", "marking", "marked", "released"]) {
      expect(placeOf(exam({ status }), "another", 0).phase).toBe("finished");
    }
    expect(placeOf(exam({ status: "voided" }), "me", 0).phase).toBe("broken");
  });
});
