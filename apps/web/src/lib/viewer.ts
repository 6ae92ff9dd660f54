import "server-only";
import type { Services } from "@bandwise/core/kernel/context";
import { contextFor } from "@bandwise/core/kernel/context";
import { anonymousViewer, systemViewer, type Viewer } from "@bandwise/core/kernel/policy";
import type { SignedInPerson } from "@bandwise/core/people/schema";
import { findSession } from "@bandwise/core/people/session-queries";
import { openSession } from "./session.ts";

export interface Session {
  readonly viewer: Viewer;
  readonly person: SignedInPerson | null;
}

const anonymous: Session = { viewer: anonymousViewer, person: null };

/**
 * Who is asking: what the cookie claims, checked against the person's row in one indexed query on each request, so that
 * suspension, a changed password and changed roles count from the very next one.
 */
export async function sessionOf(services: Services, sealed: string | undefined): Promise<Session> {
  if (!sealed) return anonymous;
  const claim = await openSession(sealed, services.settings.authSecret);
  if (!claim) return anonymous;
  const person = await findSession(contextFor(services, systemViewer, "session"), claim);
  if (!person) return anonymous;
  return {
    viewer: {
      kind: "person",
      personId: person.id,
      roles: person.roles,
      centreIds: person.centreIds,
      secondFactorDue: person.secondFactorDue,
    },
    person,
  };
}
