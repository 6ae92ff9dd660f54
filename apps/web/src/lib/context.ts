import "server-only";
import { type Context, contextFor, type Services } from "@bandwise/core/kernel/context";
import type { Viewer } from "@bandwise/core/kernel/policy";
import type { SignedInPerson } from "@bandwise/core/people/schema";
import { cookies } from "next/headers";
import { cache } from "react";
import { cookieOf } from "./cookie.ts";
import { getServices } from "./services.ts";
import { sessionCookie } from "./session.ts";
import { sessionOf } from "./viewer.ts";

export interface WebContext extends Context {
  /** Who is signed in, for the shell; null for strangers. */
  readonly person: SignedInPerson | null;
}

/** For server components and server actions. One session check per request however many components ask. */
export const requestContext = cache(async (): Promise<WebContext> => {
  const services = await getServices();
  const sealed = (await cookies()).get(sessionCookie(services.settings.publicUrl).name)?.value;
  const { viewer, person } = await sessionOf(services, sealed);
  return { ...contextFor(services, viewer, services.ids.uuid()), person };
});

/** Another way than the sign-in to learn who asks, e.g. an exam token. Null: nobody known. */
export type ViewerResolver = (request: Request, services: Services) => Promise<Viewer | null>;

/** For route handlers. `resolve` is asked first; without it, or when it knows nobody, the session cookie decides. */
export async function routeContext(request: Request, resolve?: ViewerResolver): Promise<WebContext> {
  const services = await getServices();
  const requestId = services.ids.uuid();
  const resolved = resolve ? await resolve(request, services) : null;
  if (resolved) return { ...contextFor(services, resolved, requestId), person: null };
  const sealed = cookieOf(request, sessionCookie(services.settings.publicUrl).name);
  const { viewer, person } = await sessionOf(services, sealed);
  return { ...contextFor(services, viewer, requestId), person };
}
