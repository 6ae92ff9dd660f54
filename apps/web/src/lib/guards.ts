import "server-only";
import { AppError } from "@bandwise/core/kernel/errors";
import { can, type Permission } from "@bandwise/core/kernel/policy";
import type { SignedInPerson } from "@bandwise/core/people/schema";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { requestContext, type WebContext } from "./context.ts";
import { safeReturnPath } from "./own-origin.ts";

export interface PersonContext extends WebContext {
  readonly person: SignedInPerson;
}

/**
 * The door of a page: strangers go to sign in and come back here; whoever may not see it is told that there is no such page.
 * It keeps pages tidy; what protects the data are the commands and queries behind it.
 */
export async function requirePage(permission: Permission): Promise<PersonContext> {
  const context = await requestContext();
  const { person } = context;
  if (!person) return toSignIn();
  if (!can(context.viewer, permission)) {
    if (person.secondFactorDue) redirect("/account/second-factor");
    notFound();
  }
  return { ...context, person };
}

/** For a page's reads: no such row, or not yours to see → the not-found page; signed out meanwhile → sign in. */
export async function forPage<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError) {
      if (error.code === "UNAUTHENTICATED") return toSignIn();
      // A malformed id in the address is an address that leads nowhere.
      if (error.code === "NOT_FOUND" || error.code === "FORBIDDEN" || error.code === "INVALID") notFound();
    }
    throw error;
  }
}

async function toSignIn(): Promise<never> {
  const path = safeReturnPath((await headers()).get("x-path"), "/");
  redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}
