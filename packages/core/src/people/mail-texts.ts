import type { Role } from "../kernel/policy.ts";
import { linkMinutes, roleTitles } from "./rules.ts";
import type { MailKind } from "./schema.ts";

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** Facts of a booking, as its mails say them. */
export interface BookingFacts {
  readonly reference: string;
  readonly programme: string;
  readonly centre: string;
  readonly address: string;
  readonly timeZone: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly changeBefore: Date;
}

function letter(name: string, paragraphs: readonly string[]): string {
  const greeting = name === "" ? "Hello," : `Hello ${name},`;
  return [greeting, ...paragraphs, "Bandwise"].join("\n\n");
}

function moment(at: Date, timeZone: string): string {
  const date = new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone,
  }).format(at);
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone }).format(at);
  return `${date.replace(",", "")}, ${time} (${timeZone})`;
}

export function verifyEmailText(name: string, link: string): MailText {
  return {
    subject: "Confirm your e-mail address",
    text: letter(name, [
      "You asked for an account. Please confirm that this address is yours, with the password you chose:",
      link,
      `The link works for ${linkMinutes.verifyEmail / 60} hours. If you did not ask for an account, ignore this mail: without your confirmation nobody can use the address. If somebody registered your address before you did, that password is not yours: choose a new one under "Not yours?".`,
    ]),
  };
}

export function resetPasswordText(name: string, link: string): MailText {
  return {
    subject: "Set a new password",
    text: letter(name, [
      "Someone, probably you, asked for a new password. Choose it here:",
      link,
      `The link works once, for ${linkMinutes.resetPassword} minutes. If it was not you, do nothing: your password stays as it is.`,
    ]),
  };
}

export function invitationText(name: string, roles: readonly Role[], link: string): MailText {
  const titles = roles.map((role) => roleTitles[role].toLowerCase()).join(", ");
  return {
    subject: "You are invited to Bandwise",
    text: letter(name, [
      `You are invited to join as ${titles}. Set your password here and you are in:`,
      link,
      `The link works for ${linkMinutes.invitation / (24 * 60)} days.`,
    ]),
  };
}

export function bookingText(name: string, facts: BookingFacts, link: string): MailText {
  return {
    subject: `Your place is booked: ${facts.reference}`,
    text: letter(name, [
      `You have a place for ${facts.programme}.`,
      [
        `From: ${moment(facts.startsAt, facts.timeZone)}`,
        `To: ${moment(facts.endsAt, facts.timeZone)}`,
        // A centre on the net has no street: its address is the word “online”.
        facts.address.trim().toLowerCase() === "online"
          ? `Where: ${facts.centre}`
          : `Where: ${facts.centre}, ${facts.address}`,
        `Reference: ${facts.reference}`,
      ].join("\n"),
      "You can start at any time between the two. Sign in a little earlier: the lobby checks your sound and microphone.",
      `You can change or cancel until ${moment(facts.changeBefore, facts.timeZone)}:`,
      link,
    ]),
  };
}

export function bookingCancelledText(name: string, facts: BookingFacts, link: string): MailText {
  return {
    subject: `Your booking ${facts.reference} is cancelled`,
    text: letter(name, [
      `Your place for ${facts.programme} on ${moment(facts.startsAt, facts.timeZone)} at ${facts.centre} is cancelled.`,
      "You can book another one here:",
      link,
    ]),
  };
}

/** The mails that need no facts beyond a link. */
export function plainText(kind: MailKind, name: string, publicUrl: string): MailText | null {
  switch (kind) {
    case "already-registered":
      return {
        subject: "You already have an account",
        text: letter(name, [
          "Someone, probably you, asked for an account with this address. There is one already: sign in with it.",
          `${publicUrl}/sign-in`,
          `If you no longer know the password, set a new one: ${publicUrl}/forgot-password`,
          "If it was not you, there is nothing to do.",
        ]),
      };
    case "password-changed":
      return {
        subject: "Your password was changed",
        text: letter(name, [
          "The password of your account was changed and all other devices were signed out.",
          `If it was not you, set a new one at once: ${publicUrl}/forgot-password`,
        ]),
      };
    case "result":
      return {
        subject: "Your result is here",
        text: letter(name, [
          "Your result has been released. You can see your bands, and how each came about, here:",
          `${publicUrl}/results`,
        ]),
      };
    case "appeal-received":
      return {
        subject: "Your request for a re-mark is in",
        text: letter(name, [
          "You asked for a re-mark of your result. You can see how it goes, and take it back until marking begins, on the page of the result:",
          `${publicUrl}/results`,
        ]),
      };
    case "appeal-declined":
      return {
        subject: "Your request for a re-mark was declined",
        text: letter(name, [
          "There will be no re-mark of your result: it stands as it was released. The page of the result says why:",
          `${publicUrl}/results`,
        ]),
      };
    case "appeal-unchanged":
      return {
        subject: "The re-mark confirms your result",
        text: letter(name, [
          "Another examiner, who did not know the first marks, has marked your answers anew. Your bands and levels stay as they were; your result and your certificate stand.",
          `${publicUrl}/results`,
        ]),
      };
    case "appeal-changed":
      return {
        subject: "The re-mark changes your result",
        text: letter(name, [
          "Another examiner, who did not know the first marks, has marked your answers anew. A new result has replaced the one you appealed against, and a new certificate the old one:",
          `${publicUrl}/results`,
          "The old certificate now says that it was replaced, and so does every link you gave away. Those whose address you named with a link are told; give the new certificate to anybody else.",
        ]),
      };
    case "certificate-replaced":
      return {
        subject: "Your certificate was issued anew",
        text: letter(name, [
          "A certificate of yours was corrected. The new one has a new code; the old one now says that it was replaced:",
          `${publicUrl}/certificates`,
          "Give the new one to whoever has the old. Share links you made for the old one show nothing of it any more.",
        ]),
      };
    case "certificate-revoked":
      return {
        subject: "A certificate of yours was revoked",
        text: letter(name, [
          "A certificate of yours is no longer valid. Its page says why:",
          `${publicUrl}/certificates`,
          "If you think this is a mistake, answer through your centre.",
        ]),
      };
    case "marking-held":
      return {
        subject: "Your marking queue stands still",
        text: letter(name, [
          "Two of your latest marks lay further from agreed marks than your programme allows. Until a senior examiner has looked at them you are given no new scripts of that skill; everything you have marked is kept.",
          `You can see both scripts beside the agreed marks, and say what you think of them, here: ${publicUrl}/marking`,
        ]),
      };
    case "marking-hold-opened":
      return {
        subject: "An examiner's queue stands still",
        text: letter(name, [
          "An examiner has missed seeds and is given no new scripts of that skill. Whether she goes on, and whether her marks since the last good seed are given anew, is for you to decide:",
          `${publicUrl}/admin/marking/examiners`,
        ]),
      };
    case "machine-demoted":
      return {
        subject: "A version of the machine rater was taken out of use",
        text: letter(name, [
          "A version of the machine rater no longer agrees with examiners as far as it must. It was taken out of use by itself: from now on the rater as shipped is asked, which is not validated on your own data. Marks that counted stay as they are.",
          `What broke, and the figures, are here: ${publicUrl}/admin/machine`,
        ]),
      };
    case "interviews-without-examiner":
      return {
        subject: "Booked interviews have no examiner",
        text: letter(name, [
          "An examiner who was to hold interviews may not hold them any more. Candidates have booked; nobody has told them anything, because nothing changes for them once somebody else takes over.",
          `Give each to another examiner here: ${publicUrl}/interviews`,
        ]),
      };
    default:
      return null;
  }
}
