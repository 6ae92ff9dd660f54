import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideAmend, decideBegin, decideTurnAway, isSameName, overlaps, slotMinutes, slotsProblem } from "./rules.ts";

const at = (clock: string): number => Date.parse(`2026-03-02T${clock}:00Z`);
const span = (from: string, until: string) => ({ startsAt: at(from), endsAt: at(until) });

describe("slots of a day", () => {
  it("fit between two times, the last one whole", () => {
    expect(slotMinutes({ from: 540, until: 660, every: 30, length: 20 })).toEqual([540, 570, 600, 630]);
    expect(slotMinutes({ from: 540, until: 649, every: 30, length: 20 })).toEqual([540, 570, 600]);
    expect(slotMinutes({ from: 540, until: 550, every: 30, length: 20 })).toEqual([]);
  });

  it("never meet each other where they are as far apart as they are long", () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 60 }), fc.integer({ min: 0, max: 30 }), (length, gap) => {
        const starts = slotMinutes({ from: 480, until: 1080, every: length + gap, length });
        const wanted = starts.map((start) => ({ startsAt: start, endsAt: start + length }));
        expect(slotsProblem({ now: 0, wanted, taken: [] })).toBeNull();
      }),
    );
  });
});

describe("an examiner's diary", () => {
  it("takes neither past times nor two at once, and names the time that stands against it", () => {
    const now = at("08:00");
    expect(slotsProblem({ now, wanted: [span("07:30", "08:30")], taken: [] })).toMatchObject({ rule: "is past" });
    expect(slotsProblem({ now, wanted: [span("09:20", "09:40"), span("09:00", "09:30")], taken: [] })?.startsAt).toBe(
      at("09:20"),
    );
    expect(slotsProblem({ now, wanted: [span("09:00", "09:20")], taken: [span("09:10", "09:30")] })).not.toBeNull();
    expect(slotsProblem({ now, wanted: [span("09:00", "09:20")], taken: [span("09:20", "09:40")] })).toBeNull();
  });

  it("overlap is the same both ways round", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 4, maxLength: 4 }),
        ([a = 0, b = 0, c = 0, d = 0]) => {
          const one = { startsAt: Math.min(a, b), endsAt: Math.max(a, b) + 1 };
          const other = { startsAt: Math.min(c, d), endsAt: Math.max(c, d) + 1 };
          expect(overlaps(one, other)).toBe(overlaps(other, one));
        },
      ),
    );
  });
});

describe("the name on a document", () => {
  it.each([
    ["Carla Example", "CARLA EXAMPLE"],
    ["Chidi  Example", "Chidi Example"],
    ["José Muñoz-Pérez", "JOSE MUNOZ PEREZ"],
    ["Zoë O’Brien", "ZOE OBRIEN"],
    ["Søren Strauß", "SOREN STRAUSS"],
    ["Łukasz Żak", "LUKASZ ZAK"],
    ["Нина Примерова", "НИНА ПРИМЕРОВА"],
  ])("%s is %s", (booked, printed) => expect(isSameName(booked, printed)).toBe(true));

  it.each([
    ["Carla Example", "Carla Maria Example"],
    ["Carla Example", "Example Carla"],
    ["Carla Example", "Karla Example"],
    ["Carla Example", ""],
    ["", ""],
    ["王芳", "王方"],
  ])("%s is not %s", (booked, printed) => expect(isSameName(booked, printed)).toBe(false));
});

describe("meeting", () => {
  const slot = span("10:00", "10:30");
  const begin = (now: string, state = "checked_in", cancelled = false) =>
    decideBegin({ now: at(now), slot, state, cancelled }).ok;

  it("begins a quarter of an hour early at most, after the identity check, before the slot ends", () => {
    expect(begin("09:44")).toBe(false);
    expect(begin("09:45")).toBe(true);
    expect(begin("10:29")).toBe(true);
    expect(begin("10:30")).toBe(false);
    expect(begin("10:00", "booked")).toBe(false);
    expect(begin("10:00", "in_progress")).toBe(false);
    expect(begin("10:00", "checked_in", true)).toBe(false);
  });

  it("waits ten minutes for who is late, and not at all where the document does not fit", () => {
    const away = (now: string, because: "absent" | "identity") =>
      decideTurnAway({ now: at(now), startsAt: slot.startsAt, state: "booked", because }).ok;
    expect(away("10:09", "absent")).toBe(false);
    expect(away("10:10", "absent")).toBe(true);
    expect(away("09:50", "identity")).toBe(true);
    // Nobody has met anybody yet.
    expect(away("09:44", "identity")).toBe(false);
    expect(
      decideTurnAway({ now: at("10:20"), startsAt: slot.startsAt, state: "submitted", because: "absent" }).ok,
    ).toBe(false);
  });

  it("lets marks be changed until the stated time and not after", () => {
    const amend = (now: string, status = "cooling_off") =>
      decideAmend({ now: at(now), status, amendableUntil: at("10:40") }).ok;
    expect(amend("10:39")).toBe(true);
    expect(amend("10:40")).toBe(false);
    expect(amend("10:30", "final")).toBe(false);
  });
});
