import type { Prisma } from "@bandwise/db/client";
import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { type Page, pageInput, skipTake } from "../kernel/page.ts";
import { listInvitationsInput, listPeopleInput, personIdInput } from "./schema.ts";
import { visiblePeople } from "./scope.ts";

const listedPerson = {
  id: true,
  name: true,
  email: true,
  status: true,
  emailVerifiedAt: true,
  totpEnabledAt: true,
  createdAt: true,
  roles: { select: { role: true, centreId: true, centre: { select: { name: true } } }, orderBy: { role: "asc" } },
} satisfies Prisma.PersonSelect;

export type ListedPerson = Prisma.PersonGetPayload<{ select: typeof listedPerson }>;

export const listPeople = defineQuery({
  name: "listPeople",
  permission: "person:manage",
  input: listPeopleInput,
  run: async (context, input): Promise<Page<ListedPerson>> => {
    const where: Prisma.PersonWhereInput = {
      AND: [
        visiblePeople(context.viewer),
        input.search === ""
          ? {}
          : {
              OR: [
                { name: { contains: input.search, mode: "insensitive" } },
                { email: { contains: input.search, mode: "insensitive" } },
              ],
            },
        input.role === undefined ? {} : { roles: { some: { role: input.role } } },
        // Erased people are pseudonyms: listed only when asked for.
        { status: input.status ?? { not: "erased" } },
      ],
    };
    const [rows, total] = await Promise.all([
      context.db.person.findMany({
        where,
        select: listedPerson,
        orderBy: [{ name: "asc" }, { id: "asc" }],
        ...skipTake(input),
      }),
      context.db.person.count({ where }),
    ]);
    return { rows, total, page: input.page, pageSize: input.pageSize };
  },
});

export const getPerson = defineQuery({
  name: "getPerson",
  permission: "person:manage",
  input: personIdInput,
  run: async (context, { personId }) => {
    const person = await context.db.person.findFirst({
      where: { AND: [{ id: personId }, visiblePeople(context.viewer)] },
      select: {
        ...listedPerson,
        timeZone: true,
        dateOfBirth: true,
        suspendedAt: true,
        accommodations: {
          select: { id: true, extraTimePercent: true, reason: true, createdAt: true, endedAt: true },
          orderBy: { createdAt: "desc" },
        },
        attempts: {
          select: { id: true, reference: true, status: true, bookedAt: true },
          orderBy: { bookedAt: "desc" },
          take: 20,
        },
      },
    });
    if (!person) throw notFound("The person");
    return person;
  },
});

export const listInvitations = defineQuery({
  name: "listInvitations",
  permission: "person:manage",
  input: listInvitationsInput,
  run: async (context, input) => {
    const where: Prisma.InvitationWhereInput = { acceptedAt: null, withdrawnAt: null };
    const [rows, total] = await Promise.all([
      context.db.invitation.findMany({
        where,
        select: { id: true, email: true, name: true, roles: true, createdAt: true, expiresAt: true },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        ...skipTake(input),
      }),
      context.db.invitation.count({ where }),
    ]);
    const now = context.clock.now();
    return {
      rows: rows.map((row) => ({ ...row, expired: row.expiresAt <= now })),
      total,
      page: input.page,
      pageSize: input.pageSize,
    };
  },
});

/** Centres a person can choose from in forms. */
export const listCentreOptions = defineQuery({
  name: "listCentreOptions",
  permission: "staff:home",
  input: z.object({}),
  run: (context) =>
    context.db.centre.findMany({
      select: { id: true, name: true, timeZone: true },
      orderBy: { name: "asc" },
      take: 500,
    }),
});

export const listCentres = defineQuery({
  name: "listCentres",
  permission: "centre:manage",
  input: pageInput,
  run: async (context, input) => {
    const [rows, total] = await Promise.all([
      context.db.centre.findMany({
        select: {
          id: true,
          name: true,
          timeZone: true,
          address: true,
          _count: { select: { sittings: true, staff: true } },
        },
        orderBy: { name: "asc" },
        ...skipTake(input),
      }),
      context.db.centre.count(),
    ]);
    return { rows, total, page: input.page, pageSize: input.pageSize };
  },
});
