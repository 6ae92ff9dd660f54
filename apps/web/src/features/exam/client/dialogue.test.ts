import { expect, test } from "vitest";
import { afterAnswer, resumeAt } from "./dialogue.ts";

const four = { turns: 4, belowSeconds: 5 };

test("a full answer leads to the next turn, the last one to the end", () => {
  expect(afterAnswer({ turn: 0, pressed: false, spokenMs: 9_000 }, four)).toEqual({
    kind: "turn",
    turn: 1,
    again: false,
  });
  expect(afterAnswer({ turn: 3, pressed: false, spokenMs: 9_000 }, four)).toEqual({ kind: "keeping" });
});

test("after silence the turn is heard again, after few words there is time for more; each once", () => {
  expect(afterAnswer({ turn: 1, pressed: false, spokenMs: 0 }, four)).toEqual({ kind: "turn", turn: 1, again: true });
  expect(afterAnswer({ turn: 1, pressed: false, spokenMs: 2_000 }, four)).toEqual({
    kind: "answer",
    turn: 1,
    pressed: true,
  });
  for (const spokenMs of [0, 2_000])
    expect(afterAnswer({ turn: 1, pressed: true, spokenMs }, four)).toMatchObject({ turn: 2, again: false });
});

test("a partner who has nothing to say to it goes on", () => {
  const silent = { turns: 4, belowSeconds: null };
  expect(afterAnswer({ turn: 0, pressed: false, spokenMs: 0 }, silent)).toMatchObject({ turn: 1, again: false });
});

test("a page that comes back goes on at the first open turn", () => {
  expect(resumeAt(2, 4)).toEqual({ kind: "turn", turn: 2, again: false });
  expect(resumeAt(4, 4)).toEqual({ kind: "keeping" });
});
