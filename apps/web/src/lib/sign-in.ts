import "server-only";
import { type Context, contextFor } from "@bandwise/core/kernel/context";
import { AppError } from "@bandwise/core/kernel/errors";
import { anonymousViewer } from "@bandwise/core/kernel/policy";
import { resendVerification } from "@bandwise/core/people/account-commands";
import { checkPassword } from "@bandwise/core/people/session-queries";
import { signIn } from "@bandwise/core/people/sign-in-commands";
import { cookies } from "next/headers";
import { throttleSignIn } from "./rate-limit.ts";
import { getRateLimits, getServices } from "./services.ts";
import { type SecondStep, type SessionClaim, sealSession, sessionCookie } from "./session.ts";

export type SignInStep =
  | { readonly step: "done"; readonly claim: SessionClaim }
  | { readonly step: "code"; readonly pending: SecondStep };

function unauthenticated(message: string): AppError {
  return new AppError("UNAUTHENTICATED", message);
}

/** First factor, throttled. The words are the same for an unknown address and for a wrong password. */
export async function beginSignIn(
  context: Context,
  input: { email: string; password: string },
  address: string,
): Promise<SignInStep> {
  const account = input.email.trim().toLowerCase();
  const check = await throttleSignIn(getRateLimits(), account, address, async () => {
    const checked = await checkPassword(context, input);
    if (checked.outcome === "wrong") throw unauthenticated("That e-mail and password do not go together.");
    return checked;
  });
  if (check.outcome === "suspended") {
    throw new AppError("LOCKED", "This account is suspended. Ask your centre what to do.");
  }
  if (check.outcome === "unverified") {
    await getRateLimits().take("mailTo", account);
    await resendVerification(context, { personId: check.personId, proof: check.proof });
    throw new AppError("LOCKED", "Confirm your e-mail address first: we have just sent you a new link.");
  }
  const pending = { personId: check.personId, proof: check.proof };
  if (check.outcome === "needs-code") return { step: "code", pending };
  return { step: "done", claim: await signIn(context, pending) };
}

/** Second factor: an authenticator's code or a recovery code. Failures are counted per account, whatever the address. */
export async function finishSignIn(context: Context, pending: SecondStep, code: string): Promise<SessionClaim> {
  const limits = getRateLimits();
  await limits.take("secondStep", pending.personId);
  const claim = await signIn(context, { ...pending, code });
  await limits.give("secondStep", pending.personId);
  return claim;
}

/** Both steps at once, for programs that sign in through next-auth's own address. */
export async function signInAtOnce(
  input: { email: string; password: string; code: string },
  address: string,
): Promise<SessionClaim> {
  const services = await getServices();
  const context = contextFor(services, anonymousViewer, services.ids.uuid());
  const first = await beginSignIn(context, input, address);
  return first.step === "done" ? first.claim : finishSignIn(context, first.pending, input.code);
}

export async function writeSessionCookie(claim: SessionClaim): Promise<void> {
  const { settings } = await getServices();
  const { name, options } = sessionCookie(settings.publicUrl);
  (await cookies()).set(name, await sealSession(claim, settings.authSecret), options);
}
