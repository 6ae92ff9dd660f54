import { expect, test } from "vitest";
import { afterAnswer, resumeAt } from "./dialogue.ts";

const four = { turns: 4, belowSeconds: 5 };

test("a full answer leads to the next turn, the last one to the end", () => {
  expect(afterAnswer({ turn: 0, pressed: false, spokenMs: 9_000, asks: null }, four)).toEqual({
    kind: "turn",
    turn: 1,
    again: false,
  });
  expect(afterAnswer({ turn: 3, pressed: false, spokenMs: 9_000, asks: null }, four)).toEqual({ kind: "keeping" });
});

test("after silence the turn is heard again, after few words there is time for more; each once", () => {
  expect(afterAnswer({ turn: 1, pressed: false, spokenMs: 0, asks: null }, four)).toEqual({
    kind: "turn",
    turn: 1,
    again: true,
  });
  expect(afterAnswer({ turn: 1, pressed: false, spokenMs: 2_000, asks: null }, four)).toEqual({
    kind: "answer",
    turn: 1,
    pressed: true,
    asks: null,
  });
  for (const spokenMs of [0, 2_000])
    expect(afterAnswer({ turn: 1, pressed: true, spokenMs, asks: "And when?" }, four)).toMatchObject({
      turn: 2,
      again: false,
    });
});

test("a partner who has nothing to say to it goes on", () => {
  const silent = { turns: 4, belowSeconds: null };
  expect(afterAnswer({ turn: 0, pressed: false, spokenMs: 0, asks: null }, silent)).toMatchObject({
    turn: 1,
    again: false,
  });
});

test("a page that comes back goes on at the first open turn", () => {
  expect(resumeAt(2, 4)).toEqual({ kind: "turn", turn: 2, again: false });
  expect(resumeAt(4, 4)).toEqual({ kind: "keeping" });
});

test("what was left out is asked for once; an answer that is short is met as such", () => {
  const asks = "And when?";
  expect(afterAnswer({ turn: 2, pressed: false, spokenMs: 9_000, asks }, four)).toEqual({
    kind: "answer",
    turn: 2,
    pressed: true,
    asks,
  });
  expect(afterAnswer({ turn: 2, pressed: false, spokenMs: 2_000, asks }, four)).toMatchObject({ asks: null });
  expect(afterAnswer({ turn: 2, pressed: true, spokenMs: 9_000, asks }, four)).toMatchObject({ turn: 3 });
});
