import { describe, expect, it } from "vitest";
import { joinSeconds, pieceCount, piecesToSend, secondsTogether, settlePieces } from "./pieces.ts";

interface Kept {
  index: number;
  upload: number | null;
  sent: boolean;
  content: ArrayBuffer;
}

function second(index: number, bytes = 3): Kept {
  return { index, upload: null, sent: false, content: new Uint8Array(bytes).fill(index % 251).buffer };
}

function seconds(count: number, from = 0, bytes?: number): Kept[] {
  return Array.from({ length: count }, (_, index) => second(from + index, bytes));
}

/** What the browser's store does with what was settled. */
function keep(all: readonly Kept[], changed: readonly Kept[]): Kept[] {
  return all.map((one) => changed.find((other) => other.index === one.index) ?? one);
}

describe("settlePieces", () => {
  it("waits until enough has come, or the recorder has stopped", () => {
    expect(settlePieces(seconds(secondsTogether - 1), false)).toEqual([]);
    expect(settlePieces(seconds(secondsTogether), false).map(({ upload }) => upload)).toEqual(
      Array.from({ length: secondsTogether }, () => 0),
    );
    expect(settlePieces(seconds(2), true)).toHaveLength(2);
    expect(settlePieces([], true)).toEqual([]);
  });

  it("never settles a second anew: what may have been sent stays the same bytes", () => {
    const sent = settlePieces(seconds(secondsTogether), false);
    const more = [...sent, ...seconds(secondsTogether + 5, secondsTogether)];
    const settled = settlePieces(more, false);
    expect(settled.map(({ index }) => index)).toEqual(more.slice(secondsTogether).map(({ index }) => index));
    expect(new Set(settled.map(({ upload }) => upload))).toEqual(new Set([1]));
  });

  it("splits what has waited long into parts the server takes, one too large for it apart", () => {
    const settled = settlePieces(seconds(5, 0, 200_000), true);
    expect(settled.map(({ upload }) => upload)).toEqual([0, 0, 1, 1, 2]);
    expect(settlePieces([second(0, 600_000), second(1, 10)], true).map(({ upload }) => upload)).toEqual([0, 1]);
  });
});

describe("piecesToSend", () => {
  it("sends the last piece once more where all are there and only their number is not known", () => {
    const sent = settlePieces(seconds(4), true).map((one) => ({ ...one, upload: one.index < 2 ? 0 : 1, sent: true }));
    expect(piecesToSend(sent, false).size).toBe(0);
    expect([...piecesToSend(sent, true)]).toEqual([[1, sent.slice(2)]]);
    const [first, ...others] = sent;
    if (!first) throw new Error("no seconds");
    expect([...piecesToSend([{ ...first, sent: false }, ...others], true).keys()]).toEqual([0]);
  });
});

describe("a recording sent over a bad line", () => {
  /** A server that keeps what reaches it, refuses other bytes under a known number, and whose answers get lost. */
  function server(random: () => number) {
    const kept = new Map<number, string>();
    return {
      kept,
      put(number: number, content: Uint8Array, count: number | null): { lost: boolean; complete: boolean } {
        if (random() < 0.3) return { lost: true, complete: false };
        const text = content.join(",");
        const known = kept.get(number);
        if (known !== undefined && known !== text) throw new Error(`other bytes under number ${number}`);
        kept.set(number, text);
        return { lost: random() < 0.3, complete: kept.size === count };
      },
    };
  }

  it("arrives whole and in order, whatever breaks off and however often, and the server knows that it is whole", () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      let state = seed;
      const random = () => {
        state = (state * 48_271) % 2_147_483_647;
        return state / 2_147_483_647;
      };
      const line = server(random);
      const length = 1 + Math.floor(random() * 95);
      let all: Kept[] = [];
      let complete = false;
      for (let made = 0, rounds = 0; rounds < 2_000 && !complete; rounds += 1) {
        if (made < length && random() < 0.8) all = [...all, second(made++)];
        // The page learns a moment later than the last second came that there will be no more.
        const over = made === length && random() < 0.5;
        all = keep(all, settlePieces(all, over));
        for (const [number, piece] of piecesToSend(all, over)) {
          // A page that broke off goes on from what the store says, with seconds that came meanwhile.
          const answer = line.put(number, joinSeconds(piece), over ? pieceCount(all) : null);
          if (answer.lost) break;
          complete ||= answer.complete;
          all = keep(
            all,
            piece.map((one) => ({ ...one, sent: true })),
          );
        }
      }
      expect(complete).toBe(true);
      const arrived = Array.from({ length: pieceCount(all) }, (_, number) => line.kept.get(number)).join(",");
      expect(arrived).toBe(joinSeconds(seconds(length)).join(","));
    }
  });
});
