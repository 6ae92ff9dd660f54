import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Services } from "@bandwise/core/kernel/context";
import type { Role, Viewer } from "@bandwise/core/kernel/policy";
import { hashPassword } from "@bandwise/core/people/passwords";
import { seedDemoHistory } from "./demo-history.ts";

/** Everybody in the demonstration signs in with this; it opens nothing elsewhere. */
const demoPassword = "bandwise-demo";

const people: readonly { readonly account: string; readonly name: string; readonly roles: readonly Role[] }[] = [
  { account: "candidate", name: "Carla Example", roles: ["candidate"] },
  { account: "candidate2", name: "Chidi Example", roles: ["candidate"] },
  { account: "examiner", name: "Elif Sample", roles: ["examiner"] },
  { account: "examiner2", name: "Emil Sample", roles: ["examiner"] },
  { account: "examiner3", name: "Esra Sample", roles: ["examiner"] },
  { account: "senior", name: "Sana Sample", roles: ["senior_examiner"] },
  { account: "writer", name: "Wren Sample", roles: ["item_writer"] },
  { account: "reviewer", name: "Rui Sample", roles: ["item_reviewer"] },
  { account: "invigilator", name: "Ines Sample", roles: ["invigilator"] },
  { account: "admin", name: "Ada Sample", roles: ["admin"] },
  { account: "admin2", name: "Amir Sample", roles: ["admin"] },
];

export interface DemoWorld {
  readonly viewers: ReadonlyMap<string, Extract<Viewer, { kind: "person" }>>;
  readonly centres: { readonly online: string; readonly northmere: string };
}

/**
 * Fictional people for every role, two centres, sittings to book, and a month of fictional past attempts. Each part adds
 * only what is missing, so that a first start that was interrupted is made whole by the next.
 */
export async function seedDemo(services: Services): Promise<void> {
  const { db, settings } = services;
  const accounts = people.map(({ account, roles }) => ({
    role: roles.join(", ").replaceAll("_", " "),
    email: `${account}@demo.test`,
    password: demoPassword,
  }));
  const world = await createWorld(services);
  await qualifyExaminers(services, world);
  if ((await db.sitting.count()) === 0) await openSittings(services, world);
  await seedDemoHistory(services, world);
  await writeFile(join(settings.dataDir, "demo-accounts.json"), JSON.stringify(accounts, null, 2), { mode: 0o600 });
}

/** Who has qualified already; `examiner3` has not, so that one can walk through it. */
const qualified = ["examiner", "examiner2", "senior"] as const;

async function qualifyExaminers({ db, ids, clock }: Services, { viewers }: DemoWorld): Promise<void> {
  // Before the month of past attempts that they have marked.
  const decidedAt = new Date(clock.now().getTime() - 45 * day);
  for (const account of qualified) {
    const personId = viewers.get(account)?.personId ?? "";
    if ((await db.qualificationDecision.count({ where: { personId } })) > 0) continue;
    await db.qualificationDecision.createMany({
      data: (["writing", "speaking"] as const).map((skill) => ({
        id: ids.uuid(),
        personId,
        skill,
        verdict: "passed" as const,
        round: 0,
        decidedAt,
        validUntil: new Date(decidedAt.getTime() + 365 * day),
        byId: viewers.get("admin")?.personId ?? null,
        reason: "Taken as qualified for the demonstration",
        figures: {},
      })),
    });
  }
}

/** The installation is no longer a demonstration: everybody whose password is printed in the sources is locked out. */
export async function closeDemo({ db, clock }: Pick<Services, "db" | "clock">): Promise<void> {
  await db.person.updateMany({
    where: { email: { in: people.map(({ account }) => `${account}@demo.test`) }, status: "active" },
    data: { status: "suspended", suspendedAt: clock.now(), sessionVersion: { increment: 1 } },
  });
}

async function createWorld(services: Services): Promise<DemoWorld> {
  const viewers = new Map<string, Extract<Viewer, { kind: "person" }>>();
  for (const person of people) {
    const personId = await findOrCreatePerson(services, person);
    viewers.set(person.account, { kind: "person", personId, roles: person.roles, centreIds: [] });
  }
  const centre = async (name: string, timeZone: string, address: string): Promise<string> => {
    const { id } = await services.db.centre.upsert({
      where: { name },
      create: { id: services.ids.uuid(), name, timeZone, address },
      update: {},
      select: { id: true },
    });
    return id;
  };
  return {
    viewers,
    centres: {
      online: await centre("Online", "UTC", "online"),
      northmere: await centre("Northmere, room 2", "Europe/London", "2 Harbour Row, Northmere"),
    },
  };
}

async function findOrCreatePerson({ db, ids, clock }: Services, person: (typeof people)[number]): Promise<string> {
  const email = `${person.account}@demo.test`;
  const known = await db.person.findUnique({ where: { email }, select: { id: true } });
  if (known) {
    // Locked out while the installation was reachable from elsewhere, see `closeDemo`.
    await db.person.updateMany({
      where: { id: known.id, status: "suspended" },
      data: { status: "active", suspendedAt: null },
    });
    return known.id;
  }
  const now = clock.now();
  const id = ids.uuid();
  await db.person.create({
    data: {
      id,
      name: person.name,
      email,
      passwordHash: await hashPassword(demoPassword),
      emailVerifiedAt: now,
      dateOfBirth: new Date("1998-04-12"),
      createdAt: now,
      roles: { create: person.roles.map((role) => ({ id: ids.uuid(), role, grantedAt: now })) },
    },
  });
  return id;
}

const hour = 3_600_000;
const day = 24 * hour;

/** One sitting of each programme that can be sat at once, and some later ones at a fixed place and time. */
async function openSittings({ db, ids, clock }: Services, world: DemoWorld): Promise<void> {
  const now = clock.now();
  const programmes = await db.programme.findMany({ select: { id: true, name: true } });
  const programme = (name: string): string => {
    const found = programmes.find((candidate) => candidate.name === name);
    if (!found) throw new Error(`the programme ${name} has not been published`);
    return found.id;
  };
  const createdById = world.viewers.get("admin")?.personId;
  if (!createdById) throw new Error("the demonstration has no admin");
  const morning = new Date(now);
  morning.setUTCHours(9, 0, 0, 0);
  const at = (days: number, hours: number): Date => new Date(morning.getTime() + days * day + hours * hour);
  const common = { createdById, createdAt: now };
  const openNow = {
    ...common,
    centreId: world.centres.online,
    startsAt: new Date(now.getTime() - hour),
    endsAt: new Date(now.getTime() + 60 * day),
    bookBefore: new Date(now.getTime() + 59 * day),
    changeBefore: new Date(now.getTime() + 59 * day),
    capacity: 200,
  };
  const fixed = (days: number, hours: number, capacity: number) => ({
    ...common,
    centreId: world.centres.northmere,
    startsAt: at(days, hours),
    endsAt: at(days, hours + 3),
    bookBefore: at(days - 1, hours),
    changeBefore: at(days - 2, hours),
    capacity,
  });
  await db.sitting.createMany({
    data: [
      { id: ids.uuid(), programmeId: programme("ielp"), ...openNow },
      { id: ids.uuid(), programmeId: programme("ielp-short"), ...openNow },
      { id: ids.uuid(), programmeId: programme("iet-speaking"), ...openNow },
      { id: ids.uuid(), programmeId: programme("iet-speaking-short"), ...openNow },
      { id: ids.uuid(), programmeId: programme("ielp"), ...fixed(3, 0, 24) },
      { id: ids.uuid(), programmeId: programme("ielp"), ...fixed(3, 5, 24) },
      { id: ids.uuid(), programmeId: programme("ielp"), ...fixed(10, 0, 24) },
    ],
  });
  await openInterviews({ db, ids }, { ...common, now, morning }, world, programme);
}

/** Times for interviews: one that can be held within the hour, and mornings and afternoons of two examiners for a week. */
async function openInterviews(
  { db, ids }: Pick<Services, "db" | "ids">,
  common: { createdById: string; createdAt: Date; now: Date; morning: Date },
  { viewers, centres }: DemoWorld,
  programme: (name: string) => string,
): Promise<void> {
  const { createdById, createdAt, now, morning } = common;
  const slot = (account: string, name: string, centreId: string, startsAt: Date, minutes: number) => ({
    examinerId: viewers.get(account)?.personId ?? "",
    sitting: {
      id: ids.uuid(),
      programmeId: programme(name),
      centreId,
      startsAt,
      endsAt: new Date(startsAt.getTime() + minutes * 60_000),
      bookBefore: startsAt,
      changeBefore: new Date(startsAt.getTime() - day),
      capacity: 1,
      createdById,
      createdAt,
    },
  });
  const soon = new Date(Math.ceil((now.getTime() + 5 * 60_000) / 300_000) * 300_000);
  const days = [1, 2, 3, 4, 5, 6, 7].map((days) => new Date(morning.getTime() + days * day));
  const halfHours = (from: number) => [0, 1, 2, 3].map((place) => from * hour + place * (hour / 2));
  const slots = [
    slot("examiner", "ielts-speaking-short", centres.online, soon, 120),
    ...days.flatMap((start) => [
      ...halfHours(0).map((ms) =>
        slot("examiner", "ielts-speaking", centres.online, new Date(start.getTime() + ms), 25),
      ),
      ...halfHours(5).map((ms) =>
        slot("examiner2", "ielts-speaking", centres.northmere, new Date(start.getTime() + ms), 25),
      ),
    ]),
  ];
  await db.sitting.createMany({ data: slots.map(({ sitting }) => sitting) });
  await db.interviewSlot.createMany({
    data: slots.map(({ examinerId, sitting }) => ({ sittingId: sitting.id, examinerId })),
  });
}
