"use server";

import { anonymousViewer } from "@bandwise/core/kernel/policy";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { type ActionResult, runAction } from "@/lib/action.ts";
import { clientAddress } from "@/lib/client-address.ts";
import type { WebContext } from "@/lib/context.ts";
import { safeReturnPath } from "@/lib/own-origin.ts";
import { getServices } from "@/lib/services.ts";
import {
  openSecondStep,
  type SessionClaim,
  sealSecondStep,
  sealSession,
  secondStepCookie,
  sessionCookie,
} from "@/lib/session.ts";
import { beginSignIn, finishSignIn, writeSessionCookie } from "@/lib/sign-in.ts";
import { sessionOf } from "@/lib/viewer.ts";
import { textOf } from "./form-text.ts";
import { homePath } from "./staff-nav.tsx";

async function goOn(claim: SessionClaim, form: FormData): Promise<never> {
  await writeSessionCookie(claim);
  redirect(safeReturnPath(textOf(form, "next"), await homeOf(claim)));
}

/** Where the person who has just signed in belongs. */
async function homeOf(claim: SessionClaim): Promise<string> {
  const services = await getServices();
  const sealed = await sealSession(claim, services.settings.authSecret);
  return homePath((await sessionOf(services, sealed)).viewer);
}

/** A stranger's context: signing in starts from nothing, whoever was signed in here before. */
function asStranger(context: WebContext): WebContext {
  return { ...context, viewer: anonymousViewer, person: null };
}

export async function signInAction(_before: ActionResult<null> | null, form: FormData): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    const input = { email: textOf(form, "email"), password: textOf(form, "password") };
    const first = await beginSignIn(asStranger(context), input, clientAddress(await headers()));
    if (first.step === "done") return goOn(first.claim, form);
    const { name, options } = secondStepCookie(context.settings.publicUrl);
    (await cookies()).set(name, await sealSecondStep(first.pending, context.settings.authSecret), options);
    const next = safeReturnPath(textOf(form, "next"), "");
    redirect(next === "" ? "/sign-in/code" : `/sign-in/code?next=${encodeURIComponent(next)}`);
  });
}

export async function finishSignInAction(
  _before: ActionResult<null> | null,
  form: FormData,
): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    const { name } = secondStepCookie(context.settings.publicUrl);
    const sealed = (await cookies()).get(name)?.value ?? "";
    const pending = await openSecondStep(sealed, context.settings.authSecret);
    // Five minutes have passed, or nobody has given a password here.
    if (!pending) redirect("/sign-in");
    const claim = await finishSignIn(asStranger(context), pending, textOf(form, "code"));
    (await cookies()).delete(name);
    return goOn(claim, form);
  });
}

export async function signOutAction(): Promise<void> {
  await runAction(async (context) => {
    (await cookies()).delete(sessionCookie(context.settings.publicUrl).name);
    redirect("/sign-in");
  });
}
