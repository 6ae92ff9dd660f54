import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, invalid } from "../kernel/errors.ts";
import { loadSelf } from "./account-steps.ts";
import { passwordProof, verifyPassword } from "./passwords.ts";
import { decideSignIn, decideTotpStep } from "./rules.ts";
import { codeInput, confirmedByPasswordInput, signInInput } from "./schema.ts";
import {
  newRecoveryCodes,
  newTotpSecret,
  openSecret,
  recoveryHash,
  sealSecret,
  totpDelta,
  totpUri,
} from "./second-factor.ts";

/** Opens a session for someone whose password `checkPassword` has just checked; asks for the second factor where one is set. */
export const signIn = defineCommand({
  name: "signIn",
  permission: "account:open",
  input: signInInput,
  run: async (context, { personId, proof, code }) => {
    const refused = new AppError("UNAUTHENTICATED", "That code is not right. Wait for the next one and try again.");
    const person = await context.tx.person.findUnique({ where: { id: personId } });
    if (!person?.passwordHash || passwordProof(person.passwordHash) !== proof) {
      throw new AppError("UNAUTHENTICATED", "Please sign in again.");
    }
    const decision = decideSignIn(person);
    if (decision === "suspended" || decision === "unverified") {
      throw new AppError("LOCKED", "This account cannot sign in now.");
    }
    let factor = "password";
    if (decision === "needs-code") {
      const secret = openSecret(person.totpSecret ?? "", context.settings.authSecret);
      const step =
        secret === null
          ? null
          : decideTotpStep(context.now, totpDelta(code ?? "", secret, context.now), person.totpLastStep);
      const hash = recoveryHash(code ?? "");
      if (step !== null) {
        // Conditional: the same code sent twice at once opens one session.
        const { count } = await context.tx.person.updateMany({
          where: { id: personId, totpLastStep: person.totpLastStep },
          data: { totpLastStep: step },
        });
        if (count === 0) throw refused;
        factor = "totp";
      } else if (code && person.recoveryHashes.includes(hash)) {
        const used = await context.tx.$executeRaw`
          update person set recovery_hashes = array_remove(recovery_hashes, ${hash})
           where id = ${personId}::uuid and ${hash} = any(recovery_hashes)`;
        if (used === 0) throw refused;
        factor = "recovery-code";
      } else {
        throw refused;
      }
    }
    context.audit({ subjectType: "person", subjectId: personId, detail: { factor } });
    return { personId, sessionVersion: person.sessionVersion };
  },
});

/** Makes the secret that the authenticator app takes up; nothing asks for codes before one has been given back. */
export const beginTotp = defineCommand({
  name: "beginTotp",
  permission: "account:own",
  input: confirmedByPasswordInput,
  run: async (context, { password }) => {
    const person = await loadSelf(context);
    if (person.totpEnabledAt !== null) throw conflict("A second factor is already set.");
    if (!(await verifyPassword(person.passwordHash, password))) throw invalid("password", "is not your password");
    const secret = newTotpSecret();
    await context.tx.person.update({
      where: { id: person.id },
      data: { totpSecret: sealSecret(secret, context.settings.authSecret), totpLastStep: null },
    });
    context.audit({ subjectType: "person", subjectId: person.id });
    return { secret, uri: totpUri(person.email ?? "", "Bandwise", secret) };
  },
});

/** Recovery codes are shown by the caller this once. */
export const enableTotp = defineCommand({
  name: "enableTotp",
  permission: "account:own",
  input: codeInput,
  run: async (context, { code }) => {
    const person = await loadSelf(context);
    if (person.totpEnabledAt !== null) throw conflict("A second factor is already set.");
    const secret = openSecret(person.totpSecret ?? "", context.settings.authSecret);
    if (secret === null) throw conflict("Start again: the code belongs to an older attempt.");
    const step = decideTotpStep(context.now, totpDelta(code, secret, context.now), null);
    if (step === null) throw invalid("code", "is not the one your app shows now");
    const recoveryCodes = newRecoveryCodes();
    await context.tx.person.update({
      where: { id: person.id },
      data: { totpEnabledAt: context.now, totpLastStep: step, recoveryHashes: recoveryCodes.map(recoveryHash) },
    });
    context.audit({ subjectType: "person", subjectId: person.id });
    return { recoveryCodes };
  },
});

export const renewRecoveryCodes = defineCommand({
  name: "renewRecoveryCodes",
  permission: "account:own",
  input: confirmedByPasswordInput,
  run: async (context, { password }) => {
    const person = await loadSelf(context);
    if (person.totpEnabledAt === null) throw conflict("There is no second factor to recover.");
    if (!(await verifyPassword(person.passwordHash, password))) throw invalid("password", "is not your password");
    const recoveryCodes = newRecoveryCodes();
    await context.tx.person.update({
      where: { id: person.id },
      data: { recoveryHashes: recoveryCodes.map(recoveryHash) },
    });
    context.audit({ subjectType: "person", subjectId: person.id });
    return { recoveryCodes };
  },
});

export const disableTotp = defineCommand({
  name: "disableTotp",
  permission: "account:own",
  input: confirmedByPasswordInput,
  run: async (context, { password }) => {
    const person = await loadSelf(context);
    if (!(await verifyPassword(person.passwordHash, password))) throw invalid("password", "is not your password");
    await context.tx.person.update({
      where: { id: person.id },
      data: { totpSecret: null, totpEnabledAt: null, totpLastStep: null, recoveryHashes: [] },
    });
    context.audit({ subjectType: "person", subjectId: person.id });
    return { personId: person.id };
  },
});
