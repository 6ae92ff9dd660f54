import { defineQuery } from "../kernel/define.ts";
import type { Role } from "../kernel/policy.ts";
import { passwordProof, verifyPassword } from "./passwords.ts";
import { decideSignIn, limitingCentres, owesSecondFactor, type SignInDecision } from "./rules.ts";
import { checkPasswordInput, type SignedInPerson, sessionInput } from "./schema.ts";

interface SessionRow {
  id: string;
  name: string;
  email: string;
  time_zone: string;
  totp_enabled: boolean;
  grants: { role: Role; centreId: string | null }[];
}

/**
 * The person behind a session's claim, or null when the session no longer counts. Runs on every request: one statement
 * by primary key, roles included, written by hand because Prisma would make it two.
 */
export const findSession = defineQuery({
  name: "findSession",
  permission: "session:read",
  input: sessionInput,
  run: async (context, { personId, sessionVersion }): Promise<SignedInPerson | null> => {
    const [row] = await context.db.$queryRaw<SessionRow[]>`
      select p.id, p.name, p.email, p.time_zone, p.totp_enabled_at is not null as totp_enabled,
             coalesce((select json_agg(json_build_object('role', g.role, 'centreId', g.centre_id))
                         from role_grant g where g.person_id = p.id), '[]') as grants
        from person p
       where p.id = ${personId}::uuid and p.session_version = ${sessionVersion} and p.status = 'active'`;
    if (!row) return null;
    const roles = [...new Set(row.grants.map((grant) => grant.role))];
    const totpEnabled = row.totp_enabled;
    return {
      id: row.id,
      name: row.name,
      email: row.email,
      timeZone: row.time_zone,
      roles,
      centreIds: limitingCentres(row.grants),
      totpEnabled,
      secondFactorDue: owesSecondFactor({ roles, totpEnabled }, context.settings.demo),
    };
  },
});

export type PasswordCheck =
  | { readonly outcome: "wrong" }
  | { readonly outcome: SignInDecision; readonly personId: string; readonly proof: string };

/**
 * Whether this is the account's password. A query, so that no transaction waits while hashing does; `signIn` takes the
 * proof. An unknown address costs the same time and gives the same answer as a wrong password.
 */
export const checkPassword = defineQuery({
  name: "checkPassword",
  permission: "account:open",
  input: checkPasswordInput,
  run: async (context, input): Promise<PasswordCheck> => {
    const person = await context.db.person.findUnique({
      where: { email: input.email.trim().toLowerCase() },
      select: { id: true, passwordHash: true, status: true, emailVerifiedAt: true, totpEnabledAt: true },
    });
    const right = await verifyPassword(person?.passwordHash ?? null, input.password);
    if (!right || !person?.passwordHash) return { outcome: "wrong" };
    return { outcome: decideSignIn(person), personId: person.id, proof: passwordProof(person.passwordHash) };
  },
});
