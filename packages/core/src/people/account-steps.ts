import type { CommandContext } from "../kernel/context.ts";
import { invalid, notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { weakPasswordReason } from "./rules.ts";
import { visiblePeople } from "./scope.ts";

export function refuseWeak(password: string, email: string): void {
  const reason = weakPasswordReason(password, email);
  if (reason !== null) throw invalid("password", reason);
}

export async function loadPerson(context: CommandContext, personId: string) {
  const person = await context.tx.person.findFirst({
    where: { AND: [{ id: personId }, visiblePeople(context.viewer)] },
    include: { roles: true },
  });
  if (!person || person.status === "erased") throw notFound("The person");
  return person;
}

export async function loadSelf(context: CommandContext) {
  return loadPerson(context, requirePerson(context.viewer).personId);
}
