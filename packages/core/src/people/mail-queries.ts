import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { type Page, pageInput, skipTake } from "../kernel/page.ts";
import type { BookingFacts } from "./mail-texts.ts";
import { listMails, type StoredMail } from "./mailbox.ts";
import { personIdInput } from "./schema.ts";

/** What the development mailbox holds. Everywhere but on the demo (embedded database, loopback) there is no such thing. */
export const listMailbox = defineQuery({
  name: "listMailbox",
  permission: "account:open",
  input: pageInput,
  run: async (context, input): Promise<Page<StoredMail>> => {
    if (!context.settings.demo || context.settings.smtpUrl !== null) throw notFound("The mailbox");
    return {
      ...(await listMails(context.settings.dataDir, skipTake(input))),
      page: input.page,
      pageSize: input.pageSize,
    };
  },
});

/** Whom a mail goes to; null once erased or suspended. */
export const findRecipient = defineQuery({
  name: "findRecipient",
  permission: "mail:prepare",
  input: personIdInput,
  run: async (context, { personId }): Promise<{ email: string; name: string } | null> => {
    const person = await context.db.person.findFirst({
      where: { id: personId, status: "active" },
      select: { email: true, name: true },
    });
    return person?.email ? { email: person.email, name: person.name } : null;
  },
});

export const findBookingFacts = defineQuery({
  name: "findBookingFacts",
  permission: "mail:prepare",
  input: z.object({ attemptId: z.uuid() }),
  run: async (context, { attemptId }): Promise<BookingFacts | null> => {
    const attempt = await context.db.attempt.findUnique({
      where: { id: attemptId },
      select: {
        reference: true,
        sitting: {
          select: {
            startsAt: true,
            endsAt: true,
            changeBefore: true,
            centre: { select: { name: true, address: true, timeZone: true } },
            programme: { select: { title: true } },
          },
        },
      },
    });
    if (!attempt) return null;
    const { centre, programme, startsAt, endsAt, changeBefore } = attempt.sitting;
    return {
      reference: attempt.reference,
      programme: programme.title,
      centre: centre.name,
      address: centre.address,
      timeZone: centre.timeZone,
      startsAt,
      endsAt,
      changeBefore,
    };
  },
});
