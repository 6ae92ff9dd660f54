import { describe, expect, it } from "vitest";
import { programmes } from "./programmes.ts";
import {
  ageAt,
  attemptMoves,
  canMoveAttempt,
  contiguousChunks,
  deadlineOf,
  decideBooking,
  decideChange,
  decideCheckIn,
  decideEffect,
  decidePlay,
  decideStanding,
  decideStart,
  decideTake,
  decideTurnPlay,
  extraTimeSeconds,
  firstPlayOf,
  isOutage,
  lateArrivalMs,
  mayCloseByTime,
  opensByItselfAt,
  outageCreditSeconds,
  peaksOf,
  type SittingFacts,
  sittingProblem,
  taskSeconds,
  turnOfPlay,
} from "./rules.ts";
import { blueprint } from "./schema.ts";
import { anchorFor, examToken, playTicket, readAnchor, readExamToken, readPlayTicket } from "./seals.ts";

const at = (time: string) => Date.parse(`2026-03-02T${time}Z`);
const sitting: SittingFacts = {
  startsAt: at("09:00:00"),
  endsAt: at("17:00:00"),
  bookBefore: at("08:00:00"),
  changeBefore: at("07:00:00"),
  capacity: 2,
  cancelled: false,
};

describe("programmes", () => {
  it("are valid blueprints, 12 + 12 objective items and 90 minutes in all for ielp", () => {
    for (const programme of programmes) expect(blueprint.parse(programme.blueprint)).toEqual(programme.blueprint);
    const [ielp] = programmes;
    expect(ielp.blueprint.sections.reduce((sum, section) => sum + section.seconds, 0)).toBe(90 * 60);
    const count = (skill: string) =>
      ielp.blueprint.sections
        .find((section) => section.skill === skill)
        ?.slots.reduce((sum, slot) => sum + slot.count, 0);
    expect([count("reading"), count("listening"), count("writing"), count("speaking")]).toEqual([12, 12, 3, 6]);
  });
});

describe("attempt states", () => {
  it("end for good in released, cancelled, no-show and voided", () => {
    for (const end of ["released", "cancelled", "no_show", "voided"] as const) expect(attemptMoves[end]).toEqual([]);
    expect(canMoveAttempt("booked", "in_progress")).toBe(false);
    expect(canMoveAttempt("checked_in", "in_progress")).toBe(true);
  });
});

describe("booking", () => {
  const base = { now: at("07:30:00"), sitting, taken: 1, hasOpenBooking: false, obstacle: null };
  it("takes the last place and refuses the one after it", () => {
    expect(decideBooking(base).ok).toBe(true);
    expect(decideBooking({ ...base, taken: 2 }).ok).toBe(false);
  });
  it("refuses late, twice, cancelled, and when the bank has too few unseen items, with the reason", () => {
    expect(decideBooking({ ...base, now: at("08:00:00") }).ok).toBe(false);
    expect(decideBooking({ ...base, hasOpenBooking: true }).ok).toBe(false);
    expect(decideBooking({ ...base, sitting: { ...sitting, cancelled: true } }).ok).toBe(false);
    expect(decideBooking({ ...base, obstacle: "reading C2 needs 2" })).toMatchObject({
      because: expect.stringContaining("reading C2 needs 2"),
    });
  });
  it("can be changed until the deadline and only before check-in", () => {
    expect(decideChange(at("06:59:59"), sitting, "booked").ok).toBe(true);
    expect(decideChange(at("07:00:00"), sitting, "booked").ok).toBe(false);
    expect(decideChange(at("06:00:00"), sitting, "checked_in").ok).toBe(false);
  });
  it("finds what is wrong with a sitting", () => {
    expect(sittingProblem(sitting, 2)).toBeNull();
    expect(sittingProblem(sitting, 3)?.field).toBe("capacity");
    expect(sittingProblem({ ...sitting, endsAt: sitting.startsAt }, 0)?.field).toBe("endsAt");
    expect(sittingProblem({ ...sitting, bookBefore: at("18:00:00") }, 0)?.field).toBe("bookBefore");
  });
});

describe("check-in and start", () => {
  const base = {
    now: at("08:30:00"),
    sitting,
    state: "booked" as const,
    dateOfBirth: Date.parse("2000-01-01"),
    guardianAge: 16,
    ofAge: false,
    guardianName: null,
  };
  it("opens an hour before the sitting", () => {
    expect(decideCheckIn(base).ok).toBe(true);
    expect(decideCheckIn({ ...base, now: at("07:59:59") }).ok).toBe(false);
  });
  it("wants a guardian under the set age, to the day", () => {
    const birth = Date.parse("2010-03-03");
    expect(ageAt(birth, at("09:00:00"))).toBe(15);
    expect(decideCheckIn({ ...base, dateOfBirth: birth }).ok).toBe(false);
    expect(decideCheckIn({ ...base, dateOfBirth: birth, guardianName: "A Guardian" }).ok).toBe(true);
    expect(decideCheckIn({ ...base, dateOfBirth: Date.parse("2010-03-02") }).ok).toBe(true);
  });
  it("asks for the candidate's word where no date of birth is on file", () => {
    expect(decideCheckIn({ ...base, dateOfBirth: null }).ok).toBe(false);
    expect(decideCheckIn({ ...base, dateOfBirth: null, ofAge: true }).ok).toBe(true);
  });
  it("asks for neither word nor guardian where the set age is 0", () => {
    expect(decideCheckIn({ ...base, guardianAge: 0, dateOfBirth: null }).ok).toBe(true);
  });
  it("starts within the window only, after check-in", () => {
    expect(decideStart({ now: at("09:00:00"), sitting, state: "checked_in" }).ok).toBe(true);
    expect(decideStart({ now: at("08:59:59"), sitting, state: "checked_in" }).ok).toBe(false);
    expect(decideStart({ now: at("17:00:00"), sitting, state: "checked_in" }).ok).toBe(false);
    expect(decideStart({ now: at("09:00:00"), sitting, state: "booked" }).ok).toBe(false);
  });
});

describe("the standing of an answer", () => {
  const deadline = at("09:25:00");
  const open = { status: "open" as const, deadline, closedAt: null, closedBy: null };
  const closed = { status: "closed" as const, deadline, closedAt: deadline + 5_000, closedBy: "time" };
  const base = {
    now: deadline - 1000,
    section: open,
    madeAt: deadline - 2000,
    proven: true,
    isWriter: true,
    suspendedAt: null,
  };

  it("counts when made and arrived in time", () => {
    expect(decideStanding(base)).toBe("counted");
    expect(decideStanding({ ...base, proven: false })).toBe("counted");
  });
  it("allows two seconds after the deadline and no more", () => {
    expect(decideStanding({ ...base, now: deadline + 2000, madeAt: deadline + 2000 })).toBe("counted");
    expect(decideStanding({ ...base, now: deadline + 2001, madeAt: deadline + 2001 })).toBe("made-late");
  });
  it("keeps and counts what was made in time and arrives within 24 hours of closing", () => {
    const late = { ...base, section: closed, now: closed.closedAt + lateArrivalMs };
    expect(decideStanding(late)).toBe("late-arrival");
    expect(decideStanding({ ...late, now: late.now + 1 })).toBe("expired");
  });
  it("goes by the time of arrival where no signed heartbeat vouches for an earlier one", () => {
    expect(decideStanding({ ...base, section: closed, now: closed.closedAt + 60_000, proven: false })).toBe(
      "made-late",
    );
  });
  it("ends a section where its candidate closed it", () => {
    const early = { ...closed, closedAt: deadline - 600_000, closedBy: "candidate" };
    expect(decideStanding({ ...base, section: early, madeAt: deadline - 500_000 })).toBe("made-late");
    expect(decideStanding({ ...base, section: early, madeAt: deadline - 601_000 })).toBe("late-arrival");
  });
  it("sets aside what a page without the writer's place sends, and what a suspended person made", () => {
    expect(decideStanding({ ...base, isWriter: false })).toBe("alternative");
    expect(decideStanding({ ...base, suspendedAt: base.madeAt - 2_001 })).toBe("made-late");
    expect(decideStanding({ ...base, suspendedAt: base.madeAt - 2_000 })).toBe("counted");
  });
  it("has the effect that scoring still allows", () => {
    expect(decideEffect("in_progress", "counted", true)).toEqual({ project: true, rescore: false, review: false });
    expect(decideEffect("submitted", "late-arrival", true)).toEqual({ project: true, rescore: true, review: false });
    expect(decideEffect("marking", "late-arrival", false)).toEqual({ project: true, rescore: false, review: true });
    expect(decideEffect("marked", "late-arrival", true)).toEqual({ project: true, rescore: true, review: true });
    expect(decideEffect("released", "late-arrival", true)).toEqual({ project: false, rescore: false, review: true });
    expect(decideEffect("in_progress", "alternative", true).project).toBe(false);
    expect(decideEffect("in_progress", "made-late", true).project).toBe(false);
  });
});

describe("time", () => {
  it("sums the ledger and rounds extra time up", () => {
    expect(deadlineOf(at("09:00:00"), [1500, 375, 40])).toBe(at("09:31:55"));
    expect(extraTimeSeconds(1500, 25)).toBe(375);
    expect(extraTimeSeconds(90, 33)).toBe(30);
  });
  it("lengthens a pause by the outages that fell into it, one after the other", () => {
    const closed = at("09:00:00");
    const opens = (...outages: [string, string][]) =>
      opensByItselfAt(
        closed,
        120,
        outages.map(([from, to]) => ({ from: at(from), to: at(to) })),
      );
    expect(opens()).toBe(at("09:02:00"));
    expect(opens(["08:59:00", "09:00:30"])).toBe(at("09:02:30"));
    expect(opens(["08:50:00", "08:59:00"], ["09:02:00", "09:03:00"])).toBe(at("09:02:00"));
    // The second fell into the time that the first had given back.
    expect(opens(["09:01:00", "09:02:00"], ["09:02:30", "09:03:00"])).toBe(at("09:03:30"));
  });

  it("credits an outage only where it took something", () => {
    const outage = { from: at("09:10:00"), to: at("09:12:00") };
    expect(outageCreditSeconds({ openedAt: at("09:00:00"), deadline: at("09:25:00") }, outage)).toBe(120);
    expect(outageCreditSeconds({ openedAt: at("09:11:00"), deadline: at("09:25:00") }, outage)).toBe(60);
    expect(outageCreditSeconds({ openedAt: at("09:00:00"), deadline: at("09:09:00") }, outage)).toBe(0);
    expect(outageCreditSeconds({ openedAt: at("09:13:00"), deadline: at("09:25:00") }, outage)).toBe(0);
    expect(isOutage(0, 9_999)).toBe(false);
    expect(isOutage(0, 10_000)).toBe(true);
  });
  it("closes nothing while the service itself is away", () => {
    expect(mayCloseByTime(20_000, 15_000)).toBe(true);
    expect(mayCloseByTime(20_000, 5_000)).toBe(false);
    expect(mayCloseByTime(20_000, null)).toBe(true);
  });
});

describe("plays", () => {
  const base = { now: at("09:05:00"), limit: 2, durationSeconds: 30, plays: [], number: 1 };
  it("are counted, resumed and spent", () => {
    expect(decidePlay(base)).toEqual({ kind: "new" });
    const plays = [{ number: 1, startedAt: at("09:04:50") }];
    expect(decidePlay({ ...base, plays })).toEqual({ kind: "again", elapsedSeconds: 10 });
    expect(decidePlay({ ...base, plays, number: 2 })).toEqual({ kind: "new" });
    expect(decidePlay({ ...base, now: at("09:10:00"), plays })).toEqual({ kind: "spent" });
    expect(decidePlay({ ...base, number: 2 })).toEqual({ kind: "spent" });
    expect(decidePlay({ ...base, limit: 1, plays, number: 2 })).toEqual({ kind: "spent" });
  });
});

describe("recordings", () => {
  it("allow one re-record where the task does", () => {
    const one = [{ take: 1, status: "complete" }];
    expect(decideTake({ take: 1, reRecord: false, takes: [], standing: "counted" }).ok).toBe(true);
    expect(decideTake({ take: 2, reRecord: true, takes: one, standing: "counted" }).ok).toBe(true);
    expect(decideTake({ take: 2, reRecord: false, takes: one, standing: "counted" }).ok).toBe(false);
    expect(decideTake({ take: 1, reRecord: true, takes: one, standing: "counted" }).ok).toBe(false);
    expect(decideTake({ take: 1, reRecord: true, takes: [], standing: "made-late" }).ok).toBe(false);
  });
  it("join the unbroken run", () => {
    expect(contiguousChunks([0, 1, 3])).toBe(2);
    expect(contiguousChunks([1, 2])).toBe(0);
  });
  it("draw peaks of equal stretches", () => {
    expect(peaksOf(Float32Array.from([0, 0.5, -1, 0.25]), 2)).toEqual([50, 100]);
    expect(peaksOf(new Float32Array(0), 5)).toEqual([]);
  });
  it("scale a task's times", () => {
    expect(taskSeconds({ prepareSeconds: 30, answerSeconds: 60 }, { prepareScale: 0.1, answerScale: 0.1 })).toEqual({
      prepareSeconds: 3,
      answerSeconds: 6,
    });
  });
});

describe("seals", () => {
  const secret = "a-secret-for-tests-that-is-long-enough";
  const attempt = "0190a000-0000-7000-8000-000000000001";
  const person = "0190a000-0000-7000-8000-000000000002";
  it("read back what they sealed and nothing that was touched", () => {
    const token = examToken(secret, attempt, person);
    expect(readExamToken(secret, token)).toEqual({ attemptId: attempt, candidateId: person });
    expect(readExamToken(secret, token.replace("001.", "003."))).toBeNull();
    expect(readExamToken(`${secret}!`, token)).toBeNull();
    expect(readExamToken(secret, "nonsense")).toBeNull();
    const anchor = anchorFor(secret, attempt, 1234);
    expect(readAnchor(secret, attempt, anchor)).toBe(1234);
    expect(readAnchor(secret, person, anchor)).toBeNull();
    expect(readAnchor(secret, attempt, "1235.abc")).toBeNull();
    const ticket = playTicket(secret, attempt, 2, 99);
    expect(readPlayTicket(secret, ticket)).toEqual({ attemptItemId: attempt, number: 2, expires: 99 });
  });
  it("of one kind never pass for another", () => {
    expect(readPlayTicket(secret, `${examToken(secret, attempt, person)}`)).toBeNull();
  });
});

it("the turns of a dialogue are heard in their order, each once and at most once more", () => {
  const turns = [{ durationSeconds: 10 }, { durationSeconds: 10 }];
  const heard = (...numbers: number[]) => numbers.map((number) => ({ number, startedAt: 0 }));
  const ask = (number: number, plays: ReturnType<typeof heard>, now = 5_000) =>
    decideTurnPlay({ now, turns, plays, number }).kind;
  expect(ask(1, [])).toBe("new");
  expect(ask(2, [])).toBe("spent");
  expect(ask(3, [])).toBe("spent");
  expect(ask(2, heard(1))).toBe("new");
  expect(ask(3, heard(1))).toBe("new");
  expect(ask(3, heard(1, 2))).toBe("new");
  expect(ask(2, heard(1, 3))).toBe("spent");
  expect(ask(5, heard(1, 3))).toBe("spent");
  // Fetched again after a reload, as long as it may still be sounding.
  expect(ask(3, heard(1, 3))).toBe("again");
  expect(ask(3, heard(1, 3), 60_000)).toBe("spent");
  expect(turnOfPlay(firstPlayOf(1))).toBe(1);
});
