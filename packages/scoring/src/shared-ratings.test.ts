import { describe, expect, it } from "vitest";
import { scoreIetSpeaking } from "./iet-speaking.ts";

const whole = { fluency: 70, pronunciation: 65.5, grammar: 60, vocabulary: 72 };
const { pronunciation, ...measured } = whole;

describe("ratings that share the criteria among them", () => {
  it("score as one rating that has them all", () => {
    const shared = [measured, { pronunciation }];
    const { tasks, overall } = scoreIetSpeaking([shared, whole, shared, whole]);
    expect({ tasks, overall }).toEqual({ tasks: ["66.88", "66.88", "66.88", "66.88"], overall: "66.88" });
  });

  it("count each criterion over the ratings that have it", () => {
    const { trace } = scoreIetSpeaking(
      [[measured, { pronunciation: 60 }, { pronunciation: 71 }], whole, whole, whole],
      {
        trace: true,
      },
    );
    expect(trace?.tasks[0]?.criteria[1]).toMatchObject({ scores: ["60.00", "71.00"], mean: "131/2" });
    expect(trace?.criteria).toContainEqual({ criterion: "pronunciation", exactMean: "131/2", mean: "65.50" });
  });

  it("must have every criterion among them, each on the grid and known", () => {
    expect(() => scoreIetSpeaking([[measured], whole, whole, whole])).toThrow("tasks[0].pronunciation: is missing");
    expect(() => scoreIetSpeaking([[measured, { pronunciation: 101 }], whole, whole, whole])).toThrow(
      "tasks[0][1].pronunciation: must be from 0 to 100",
    );
    const style = { style: 4, pronunciation } as unknown as typeof whole;
    expect(() => scoreIetSpeaking([[measured, style], whole, whole, whole])).toThrow(
      "tasks[0][1].style: is not a criterion",
    );
  });
});
