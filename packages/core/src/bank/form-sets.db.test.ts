import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, describe, expect, test } from "vitest";
import { approveRequest } from "../approvals.ts";
import { bookSitting, checkIn, openSitting, updateSitting } from "../delivery/commands.ts";
import { startAttempt } from "../delivery/exam-commands.ts";
import { getSitting } from "../delivery/queries.ts";
import type { Context } from "../kernel/context.ts";
import { systemViewer } from "../kernel/policy.ts";
import { createSmallBank } from "../testing/bank.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import {
  discardFormSet,
  makeFormSet,
  requestFormSetPublication,
  retireFormSet,
  showFormKeys,
} from "./form-set-commands.ts";
import { getFormBooklet, getFormSet, listFormSets, previewFormSet } from "./form-set-queries.ts";
import { unusableForms } from "./form-set-rules.ts";
import { restOverexposedItems } from "./health-commands.ts";
import { bankHealth } from "./health-queries.ts";
import { restItem, retireItem, wakeItem } from "./life-cycle-commands.ts";
import { getItem } from "./queries.ts";
import { rebuildExposure } from "./steps.ts";

const database = useTestDatabase();
let services: TestServices;
let admin: Context;
let second: Context;
let programmeId: string;
let centreId: string;

const hour = 3_600_000;
const later = (hours: number): Date => new Date(services.clock.now().getTime() + hours * hour);
const plan = { forms: 2, tolerance: 0.1, overlap: "none", seed: "test" } as const;
const reason = "For the spring sittings";

beforeAll(async () => {
  services = testServices(database().prisma);
  const { db, ids } = services;
  ({ programmeId } = await createSmallBank(services, 8));
  // Items of a level differ: forms have to be brought together.
  await db.$transaction([
    db.$executeRaw`select set_config('bandwise.purging', 'on', true)`,
    db.$executeRaw`update item_version set difficulty = ((hashtext(i.slug) % 7) - 3) / 10.0 from item i where i.id = item_version.item_id`,
  ]);
  admin = services.as((await createPerson(db, ["admin"], "Ada Admin")).viewer);
  second = services.as((await createPerson(db, ["admin"], "Ben Admin")).viewer);
  centreId = ids.uuid();
  await db.centre.create({ data: { id: centreId, name: "Centre", timeZone: "UTC", address: "online" } });
});

async function publish(formSetId: string): Promise<void> {
  const { approvalId } = await requestFormSetPublication(admin, { formSetId, reason });
  await approveRequest(second, { approvalId });
}

async function publishedSet(name: string, changes: Partial<Parameters<typeof makeFormSet>[1]> = {}): Promise<string> {
  const { formSetId } = await makeFormSet(admin, { ...plan, name, ...changes });
  await publish(formSetId);
  return formSetId;
}

const open = (formSetId: string | null, programme = programmeId) =>
  openSitting(admin, {
    centreId,
    programmeId: programme,
    formSetId,
    ...{ startsAt: later(0), endsAt: later(8), bookBefore: later(7), changeBefore: later(6), capacity: 100 },
  });

const createCandidate = async () => services.as((await createPerson(services.db, ["candidate"])).viewer);

async function book(candidate: Context, sittingId: string): Promise<string> {
  const { attemptId } = await bookSitting(candidate, { sittingId });
  await checkIn(candidate, { attemptId, privacyNotice: true, recordingConsent: true, ofAge: true });
  return attemptId;
}

const start = (candidate: Context, attemptId: string) =>
  startAttempt(candidate, { attemptId, clientId: services.ids.uuid() });

const formOf = (attemptId: string) =>
  services.db.attempt.findUniqueOrThrow({
    where: { id: attemptId },
    select: {
      formSeed: true,
      engineVersion: true,
      poolSnapshot: true,
      fixedForm: { select: { id: true, label: true } },
    },
  });

describe("making and publishing", () => {
  let formSetId: string;

  test("a draft holds forms that share nothing and lie within the tolerance; nothing is allotted", async () => {
    const preview = await previewFormSet(admin, plan);
    ({ formSetId } = await makeFormSet(admin, { ...plan, name: "Spring" }));
    const set = await getFormSet(admin, { formSetId });
    expect(set).toMatchObject({ state: "draft", name: "Spring", createdBy: "Ada Admin", trouble: [], request: null });
    expect(set.forms.map(({ label, items }) => [label, items.length])).toEqual([
      ["A", 33],
      ["B", 33],
    ]);
    const ids = set.forms.flatMap(({ items }) => items.map(({ itemId }) => itemId));
    expect(new Set(ids).size).toBe(66);
    for (const { sections } of set.forms) {
      expect(sections.map(({ skill, items }) => [skill, items])).toEqual([
        ["reading", 12],
        ["listening", 12],
        ["writing", 3],
        ["speaking", 6],
      ]);
      for (const { skill, mean } of sections) {
        const target = set.targets.find((one) => one.skill === skill)?.mean ?? Number.NaN;
        expect(Math.abs(mean - target)).toBeLessThanOrEqual(plan.tolerance + 1e-9);
      }
    }
    // What was shown before is what was made: neither knows more than plan and bank.
    if (!preview.outcome.ok) throw new Error("the preview found no forms");
    const slugs = (forms: readonly { readonly items: readonly { slug: string }[] }[]) =>
      forms.map(({ items }) => items.map(({ slug }) => slug));
    expect(slugs(set.forms)).toEqual(slugs(preview.outcome.forms));
    expect(await services.db.itemExposure.count()).toBe(0);
  });

  test("names are told apart, and a bank too thin is told with what to write", async () => {
    await expect(makeFormSet(admin, { ...plan, name: "Spring" })).rejects.toMatchObject({
      code: "INVALID",
      fields: { name: "is taken by another form set" },
    });
    await expect(makeFormSet(admin, { ...plan, name: "Many", forms: 6, overlap: "anchors" })).rejects.toMatchObject({
      code: "LOCKED",
      message: expect.stringMatching(/form D of 6 cannot be made: .* needs 2 unseen items and has 1/),
    });
    const { outcome } = await previewFormSet(admin, { ...plan, forms: 6, overlap: "anchors" });
    if (outcome.ok) throw new Error("eight items a level are not enough for six forms");
    expect(outcome.write.length).toBeGreaterThan(0);
    expect(await services.db.formSet.count()).toBe(1);
  });

  test("a draft is not sat", async () => {
    await expect(open(formSetId)).rejects.toMatchObject({
      code: "LOCKED",
      message: expect.stringContaining("two persons must publish it"),
    });
  });

  test("one asks, another publishes; a draft that waits is not discarded", async () => {
    const { approvalId } = await requestFormSetPublication(admin, { formSetId, reason });
    await expect(discardFormSet(admin, { formSetId })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(approveRequest(admin, { approvalId })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect((await getFormSet(second, { formSetId })).request).toMatchObject({ by: "Ada Admin", own: false });
    await approveRequest(second, { approvalId });
    expect(await getFormSet(admin, { formSetId })).toMatchObject({ state: "published", request: null });
    await expect(requestFormSetPublication(admin, { formSetId, reason })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("published, it stands as it is, whoever tries", async () => {
    const { db } = services;
    await expect(discardFormSet(admin, { formSetId })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(db.formSet.update({ where: { id: formSetId }, data: { tolerance: 9 } })).rejects.toThrow(
      /may only change/,
    );
    await expect(db.formSet.delete({ where: { id: formSetId } })).rejects.toThrow();
    const form = await db.fixedForm.findFirstOrThrow({ where: { setId: formSetId } });
    await expect(db.fixedFormItem.deleteMany({ where: { formId: form.id } })).rejects.toThrow(/stays as it is/);
    await expect(db.fixedForm.update({ where: { id: form.id }, data: { label: "Z" } })).rejects.toThrow(
      /never changed/,
    );
    await expect(
      db.fixedForm.create({ data: { id: services.ids.uuid(), setId: formSetId, label: "Z" } }),
    ).rejects.toThrow(/stays as it is/);
  });

  test("a draft can be discarded, a published set retired with a reason", async () => {
    const draft = await makeFormSet(admin, { ...plan, name: "Second thoughts", seed: "other" });
    await discardFormSet(admin, draft);
    await expect(getFormSet(admin, draft)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const retired = await publishedSet("Short-lived");
    await retireFormSet(admin, { formSetId: retired, reason: "Seen on a forum" });
    expect(await getFormSet(admin, { formSetId: retired })).toMatchObject({
      state: "retired",
      retireReason: "Seen on a forum",
    });
    await expect(open(retired)).rejects.toMatchObject({
      code: "LOCKED",
      message: expect.stringContaining("is retired"),
    });
    const { rows } = await listFormSets(admin, {});
    expect(rows.map(({ name, state, forms }) => [name, state, forms])).toEqual([
      ["Short-lived", "retired", 2],
      ["Spring", "published", 2],
    ]);
  });

  test("another programme's set is refused", async () => {
    const other = await services.db.programme.findFirstOrThrow({ where: { name: "ielp-short" } });
    await expect(open(formSetId, other.id)).rejects.toMatchObject({
      code: "INVALID",
      fields: { formSetId: "belongs to another programme" },
    });
  });
});

describe("sitting on a set", () => {
  let formSetId: string;
  let sittingId: string;

  beforeAll(async () => {
    formSetId = await publishedSet("Summer");
    ({ sittingId } = await open(formSetId));
  });

  test("all who start at once get a form of the set, the forms go round evenly, and every ledger agrees", async () => {
    const candidates = await Promise.all(Array.from({ length: 9 }, createCandidate));
    const attempts: string[] = [];
    for (const candidate of candidates) attempts.push(await book(candidate, sittingId));
    await Promise.all(candidates.map((candidate, index) => start(candidate, attempts[index] ?? "")));
    const set = await getFormSet(admin, { formSetId });
    expect(set.forms.map(({ handed }) => handed).sort()).toEqual([4, 5]);
    for (const attemptId of attempts) {
      const attempt = await formOf(attemptId);
      const { label = "", id = "" } = attempt.fixedForm ?? {};
      expect(attempt).toMatchObject({ formSeed: "test", engineVersion: set.engineVersion });
      const allotted = await services.db.attemptItem.findMany({
        where: { attemptId },
        orderBy: [{ skill: "asc" }, { position: "asc" }],
        select: {
          skill: true,
          position: true,
          itemId: true,
          itemVersionId: true,
          anchor: true,
          pickReason: true,
          scored: true,
        },
      });
      const fixed = await services.db.fixedFormItem.findMany({
        where: { formId: id },
        orderBy: [{ skill: "asc" }, { position: "asc" }],
        select: { skill: true, position: true, itemId: true, itemVersionId: true, anchor: true },
      });
      expect(allotted).toEqual(
        fixed.map((item) => ({ ...item, scored: true, pickReason: `fixed form ${label} of Summer` })),
      );
    }
    expect(await services.db.$transaction((tx) => rebuildExposure(tx))).toBe(0);
    const { attempts: booked, formSet } = await getSitting(admin, { sittingId });
    expect(formSet).toMatchObject({ name: "Summer" });
    expect(new Set(booked.map(({ fixedForm }) => fixedForm?.label))).toEqual(new Set(["A", "B"]));
  });

  test("who comes again gets the form they have not met, then none, and is told before the booking", async () => {
    const candidate = await createCandidate();
    const first = await book(candidate, sittingId);
    await start(candidate, first);
    const { sittingId: again } = await open(formSetId);
    const next = await book(candidate, again);
    await start(candidate, next);
    const labels = [(await formOf(first)).fixedForm?.label, (await formOf(next)).fixedForm?.label];
    expect(labels.sort()).toEqual(["A", "B"]);
    const { sittingId: third } = await open(formSetId);
    await expect(bookSitting(candidate, { sittingId: third })).rejects.toMatchObject({
      code: "LOCKED",
      message: expect.stringMatching(/You have met items of every form .*: 33 of form A, 33 of form B/),
    });
  });

  test("items of other sets are left out where that is asked for, until their set is gone", async () => {
    const { formSetId } = await makeFormSet(admin, { ...plan, name: "Of its own" });
    const whole = (await previewFormSet(admin, plan)).poolSize;
    const elsewhere = await services.db.fixedFormItem.findMany({
      where: { form: { set: { retiredAt: null } } },
      distinct: ["itemId"],
      select: { itemId: true },
    });
    const left = () => previewFormSet(admin, { ...plan, otherSets: "left-out" });
    const { poolSize, outcome } = await left();
    expect(poolSize).toBe(whole - elsewhere.length);
    const picked = outcome.ok ? outcome.forms.flatMap(({ items }) => items.map(({ itemId }) => itemId)) : [];
    expect(picked.filter((id) => elsewhere.some(({ itemId }) => itemId === id))).toEqual([]);
    const [some] = elsewhere.slice(-1);
    const { formSets } = await getItem(admin, { itemId: some?.itemId ?? "" });
    expect(formSets.length).toBeGreaterThan(0);
    await discardFormSet(admin, { formSetId });
    expect((await left()).poolSize).toBeGreaterThan(poolSize);
  });

  test("an enemy of something met bars a form as the thing itself does", async () => {
    const candidate = await createCandidate();
    const first = await book(candidate, sittingId);
    await start(candidate, first);
    const set = await getFormSet(admin, { formSetId });
    const mine = (await formOf(first)).fixedForm?.label;
    const [met, other] = [set.forms.find(({ label }) => label === mine), set.forms.find(({ label }) => label !== mine)];
    const pair = [met?.items[0]?.itemId ?? "", other?.items[0]?.itemId ?? ""].sort();
    const enemy = { lowerId: pair[0] ?? "", higherId: pair[1] ?? "" };
    await services.db.itemEnemy.create({ data: { ...enemy, reason: "Test", createdAt: services.clock.now() } });
    const { sittingId: again } = await open(formSetId);
    await expect(bookSitting(candidate, { sittingId: again })).rejects.toMatchObject({
      message: expect.stringMatching(/\b1 of form [AB]/),
    });
    await services.db.itemEnemy.delete({ where: { lowerId_higherId: enemy } });
    await bookSitting(candidate, { sittingId: again });
  });

  test("an item that rests stops the set until it is back; one that is replaced or retired stops it for good", async () => {
    const candidate = await createCandidate();
    const attemptId = await book(candidate, sittingId);
    const set = await getFormSet(admin, { formSetId });
    const { itemId = "", slug = "" } = set.forms[0]?.items.find(({ anchor }) => !anchor) ?? {};
    const { currentId } = await services.db.item.findUniqueOrThrow({ where: { id: itemId } });
    await restItem(admin, { versionId: currentId ?? "", reason: "A doubt" });
    const words = `${slug} in form A is resting`;
    expect((await getFormSet(admin, { formSetId })).trouble).toEqual([words]);
    expect((await listFormSets(admin, {})).rows.find(({ id }) => id === formSetId)?.trouble).toEqual([words]);
    // Staff learn which item it is; a candidate does not.
    await expect(open(formSetId)).rejects.toMatchObject({ code: "LOCKED", message: expect.stringContaining(words) });
    const refusal = { code: "LOCKED", userMessage: unusableForms };
    await expect(start(candidate, attemptId)).rejects.toMatchObject(refusal);
    await expect(bookSitting(await createCandidate(), { sittingId })).rejects.toMatchObject(refusal);
    expect(await services.db.attemptItem.count({ where: { attemptId } })).toBe(0);
    // A sitting under way is given another set, or forms of their own for everybody.
    const times = { startsAt: later(0), endsAt: later(8), bookBefore: later(7), changeBefore: later(6), capacity: 100 };
    const { startsAt } = await services.db.sitting.findUniqueOrThrow({ where: { id: sittingId } });
    await updateSitting(admin, { sittingId, ...times, startsAt, formSetId: null });
    await start(candidate, attemptId);
    expect((await formOf(attemptId)).fixedForm).toBeNull();
    await wakeItem(admin, { versionId: currentId ?? "", reason: "No doubt" });
    await updateSitting(admin, { sittingId, ...times, startsAt, formSetId });
    const patient = await createCandidate();
    await start(patient, await book(patient, sittingId));
    await retireItem(admin, { itemId, reason: "A doubt after all" });
    expect((await getFormSet(admin, { formSetId })).trouble).toEqual([`${slug} in form A is retired`]);
  });

  test("a draft with such an item is not published", async () => {
    const { formSetId: draft } = await makeFormSet(admin, { ...plan, name: "Autumn", overlap: "anchors" });
    const { approvalId } = await requestFormSetPublication(admin, { formSetId: draft, reason });
    const set = await getFormSet(admin, { formSetId: draft });
    const { itemId = "" } = set.forms[1]?.items.find(({ anchor }) => !anchor) ?? {};
    const { currentId } = await services.db.item.findUniqueOrThrow({ where: { id: itemId } });
    await restItem(admin, { versionId: currentId ?? "", reason: "A doubt" });
    await expect(approveRequest(second, { approvalId })).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("is resting"),
    });
    await wakeItem(admin, { versionId: currentId ?? "", reason: "No doubt" });
    await approveRequest(second, { approvalId });
    // Shared anchors: the same four in both forms, and nothing else.
    const [a, b] = set.forms.map(({ items }) => new Map(items.map((item) => [item.itemId, item])));
    const shared = [...(a?.values() ?? [])].filter((item) => b?.has(item.itemId));
    expect(shared.map(({ anchor }) => anchor)).toEqual([true, true, true, true]);
  });
});

test("the rule that rests worn items spares those of a published set, until it is retired", async () => {
  const formSetId = await publishedSet("Worn", { seed: "worn" });
  const set = await getFormSet(admin, { formSetId });
  const { itemId = "" } = set.forms[0]?.items.find(({ skill, anchor }) => skill === "reading" && !anchor) ?? {};
  const { currentId } = await services.db.item.findUniqueOrThrow({ where: { id: itemId } });
  const { sittingId } = await open(null);
  for (let count = 0; count < 60; count += 1) {
    const { id: candidateId } = await createPerson(services.db, ["candidate"]);
    const attemptId = services.ids.uuid();
    const at = services.clock.now();
    await services.db.attempt.create({
      data: { id: attemptId, reference: `WORN-${count}`, candidateId, sittingId, bookedAt: at },
    });
    await services.db.attemptItem.create({
      data: {
        ...{
          id: services.ids.uuid(),
          attemptId,
          candidateId,
          itemId,
          itemVersionId: currentId ?? "",
          skill: "reading",
        },
        ...{ position: 1, level: "A1", subSkill: "gist", pickReason: "test", exposureAtPick: count, allottedAt: at },
      },
    });
  }
  const decision = async () => (await bankHealth(admin, {})).overexposed.find(({ id }) => id === itemId)?.decision;
  expect(await decision()).toBe("keep");
  expect(await restOverexposedItems(services.as(systemViewer), {})).toMatchObject({ rested: 0 });
  for (const { id, state } of (await listFormSets(admin, {})).rows) {
    if (state === "published") await retireFormSet(admin, { formSetId: id, reason: "Worn out" });
  }
  expect(await decision()).toBe("rest");
});

test("the candidates' booklet holds no key and no transcript; that the staff's was shown stands in the audit", async () => {
  const { rows } = await listFormSets(admin, {});
  const { id: formSetId = "" } = rows.find(({ name }) => name === "Spring") ?? {};
  const set = await getFormSet(admin, { formSetId });
  const formId = set.forms[0]?.id ?? "";
  const booklet = await getFormBooklet(admin, { formSetId, formId });
  expect(booklet).toMatchObject({ name: "Spring", label: "A", programme: "IELP" });
  expect(booklet.items.map(({ skill }) => skill)).toEqual(set.forms[0]?.items.map(({ skill }) => skill));
  const text = JSON.stringify(booklet.items);
  for (const secret of ["correct", "rationale", "It is b.", "Talk ", "Hello?", "markerNotes"]) {
    expect(text).not.toContain(secret);
  }
  const audits = () => services.db.auditEntry.count({ where: { subjectId: formSetId, action: "showFormKeys" } });
  expect(await audits()).toBe(0);
  const keys = await showFormKeys(admin, { formSetId, formId });
  expect(JSON.stringify(keys.items)).toContain("It is b.");
  expect(await audits()).toBe(1);
  const other = rows.find(({ name }) => name === "Worn")?.id ?? "";
  await expect(getFormBooklet(admin, { formSetId: other, formId })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
