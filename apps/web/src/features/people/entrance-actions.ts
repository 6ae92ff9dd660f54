"use server";

import { register, requestPasswordReset, resetPassword, verifyEmail } from "@bandwise/core/people/account-commands";
import { acceptInvitation } from "@bandwise/core/people/invitation-commands";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { type ActionResult, runAction } from "@/lib/action.ts";
import { clientAddress } from "@/lib/client-address.ts";
import type { LimitName } from "@/lib/rate-limit.ts";
import { getRateLimits } from "@/lib/services.ts";
import { writeSessionCookie } from "@/lib/sign-in.ts";
import { textOf } from "./form-text.ts";

async function limitByAddress(name: LimitName): Promise<void> {
  await getRateLimits().take(name, clientAddress(await headers()));
}

export async function registerAction(
  _before: ActionResult<{ email: string }> | null,
  form: FormData,
): Promise<ActionResult<{ email: string }>> {
  return runAction(async (context) => {
    await limitByAddress("register");
    const email = textOf(form, "email");
    await getRateLimits().take("mailTo", email.trim().toLowerCase());
    await register(context, {
      email,
      name: textOf(form, "name"),
      password: textOf(form, "password"),
      timeZone: textOf(form, "timeZone") || "UTC",
    });
    return { email };
  });
}

export async function verifyEmailAction(
  _before: ActionResult<null> | null,
  form: FormData,
): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await limitByAddress("token");
    const claim = await verifyEmail(context, { token: textOf(form, "token"), password: textOf(form, "password") });
    await writeSessionCookie(claim);
    redirect("/home");
  });
}

export async function requestResetAction(
  _before: ActionResult<{ email: string }> | null,
  form: FormData,
): Promise<ActionResult<{ email: string }>> {
  return runAction(async (context) => {
    await limitByAddress("mailFrom");
    const email = textOf(form, "email");
    await getRateLimits().take("mailTo", email.trim().toLowerCase());
    await requestPasswordReset(context, { email });
    return { email };
  });
}

export async function resetPasswordAction(
  _before: ActionResult<null> | null,
  form: FormData,
): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await limitByAddress("token");
    await resetPassword(context, { token: textOf(form, "token"), password: textOf(form, "password") });
    redirect("/sign-in?done=reset");
  });
}

export async function acceptInvitationAction(
  _before: ActionResult<null> | null,
  form: FormData,
): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await limitByAddress("token");
    const claim = await acceptInvitation(context, {
      token: textOf(form, "token"),
      name: textOf(form, "name"),
      password: textOf(form, "password"),
      timeZone: textOf(form, "timeZone") || "UTC",
    });
    await writeSessionCookie(claim);
    redirect("/account");
  });
}
