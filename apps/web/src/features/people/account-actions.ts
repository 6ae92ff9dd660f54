"use server";

import { withdrawRequest } from "@bandwise/core/audit/commands";
import { requirePerson } from "@bandwise/core/kernel/policy";
import { changePassword, requestErasure, updateProfile } from "@bandwise/core/people/account-commands";
import { beginTotp, disableTotp, enableTotp, renewRecoveryCodes } from "@bandwise/core/people/sign-in-commands";
import { revalidatePath } from "next/cache";
import { encode } from "uqr";
import { type ActionResult, runAction } from "@/lib/action.ts";
import type { WebContext } from "@/lib/context.ts";
import { getRateLimits } from "@/lib/services.ts";
import { writeSessionCookie } from "@/lib/sign-in.ts";
import { textOf } from "./form-text.ts";

/** Guessing the password of a session that was left open is throttled like a second step. */
async function guarded<T>(context: WebContext, work: () => Promise<T>): Promise<T> {
  const { personId } = requirePerson(context.viewer);
  await getRateLimits().take("secondStep", personId);
  const value = await work();
  await getRateLimits().give("secondStep", personId);
  return value;
}

export async function updateProfileAction(
  _before: ActionResult<{ saved: true }> | null,
  form: FormData,
): Promise<ActionResult<{ saved: true }>> {
  return runAction(async (context) => {
    await updateProfile(context, {
      name: textOf(form, "name"),
      timeZone: textOf(form, "timeZone"),
      dateOfBirth: textOf(form, "dateOfBirth") || null,
      firstLanguage: textOf(form, "firstLanguage"),
      school: textOf(form, "school"),
    });
    revalidatePath("/account");
    return { saved: true as const };
  });
}

export async function changePasswordAction(
  _before: ActionResult<{ saved: true }> | null,
  form: FormData,
): Promise<ActionResult<{ saved: true }>> {
  return runAction(async (context) => {
    const claim = await guarded(context, () =>
      changePassword(context, { current: textOf(form, "current"), password: textOf(form, "password") }),
    );
    // Every session has ended; this browser's own goes on.
    await writeSessionCookie(claim);
    return { saved: true as const };
  });
}

export interface TotpSetup {
  readonly secret: string;
  readonly matrix: readonly (readonly boolean[])[];
}

export async function beginTotpAction(
  _before: ActionResult<TotpSetup> | null,
  form: FormData,
): Promise<ActionResult<TotpSetup>> {
  return runAction(async (context) => {
    const { secret, uri } = await guarded(context, () => beginTotp(context, { password: textOf(form, "password") }));
    return { secret: secret.replace(/(.{4})(?=.)/g, "$1 "), matrix: encode(uri, { border: 0 }).data };
  });
}

type Codes = { readonly recoveryCodes: readonly string[] };

export async function enableTotpAction(
  _before: ActionResult<Codes> | null,
  form: FormData,
): Promise<ActionResult<Codes>> {
  return runAction((context) => guarded(context, () => enableTotp(context, { code: textOf(form, "code") })));
}

export async function renewCodesAction(
  _before: ActionResult<Codes> | null,
  form: FormData,
): Promise<ActionResult<Codes>> {
  return runAction((context) =>
    guarded(context, () => renewRecoveryCodes(context, { password: textOf(form, "password") })),
  );
}

export async function disableTotpAction(form: FormData): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await guarded(context, () => disableTotp(context, { password: textOf(form, "password") }));
    revalidatePath("/account");
    return null;
  });
}

export async function requestErasureAction(form: FormData): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    const certificates = textOf(form, "certificates") === "keep" ? "keep" : "revoke";
    await guarded(context, () => requestErasure(context, { password: textOf(form, "password"), certificates }));
    revalidatePath("/account");
    return null;
  });
}

export async function withdrawErasureAction(form: FormData): Promise<ActionResult<null>> {
  return runAction(async (context) => {
    await withdrawRequest(context, { approvalId: textOf(form, "approvalId") });
    revalidatePath("/account");
    return null;
  });
}
