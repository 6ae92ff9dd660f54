"use server";

import { approveRequest } from "@bandwise/core/approvals";
import { declineRequest, withdrawRequest } from "@bandwise/core/audit/commands";
import { AppError } from "@bandwise/core/kernel/errors";
import { type Role, roles } from "@bandwise/core/kernel/policy";
import {
  changeRoles,
  createCentre,
  endExtraTime,
  grantExtraTime,
  reinstatePerson,
  suspendPerson,
  updateCentre,
} from "@bandwise/core/people/commands";
import { invitePeople, resendInvitation, withdrawInvitation } from "@bandwise/core/people/invitation-commands";
import { parseAddresses } from "@bandwise/core/people/rules";
import { emailInput } from "@bandwise/core/people/schema";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "@/lib/action.ts";
import type { WebContext } from "@/lib/context.ts";
import { textOf } from "./form-text.ts";

function isRole(value: FormDataEntryValue): value is Role {
  return typeof value === "string" && (roles as readonly string[]).includes(value);
}

/** An action that changes something and shows the staff pages anew. */
async function change<T>(work: (context: WebContext) => Promise<T>): Promise<ActionResult<T>> {
  return runAction(async (context) => {
    const value = await work(context);
    revalidatePath("/admin", "layout");
    return value;
  });
}

export interface Invited {
  readonly invited: number;
  readonly known: readonly string[];
}

export async function inviteAction(
  _before: ActionResult<Invited> | null,
  form: FormData,
): Promise<ActionResult<Invited>> {
  return change(async (context) => {
    const people = parseAddresses(textOf(form, "people"));
    const wrong = people.find((person) => !emailInput.safeParse(person.email).success);
    if (wrong)
      throw new AppError("INVALID", "One line is wrong.", {
        fields: { people: `has “${wrong.email}”, which is not an address` },
      });
    return invitePeople(context, { people, roles: form.getAll("roles").filter(isRole) });
  });
}

export async function resendInvitationAction(form: FormData): Promise<ActionResult<null>> {
  return change(async (context) => {
    await resendInvitation(context, { invitationId: textOf(form, "invitationId") });
    return null;
  });
}

export async function withdrawInvitationAction(form: FormData): Promise<ActionResult<null>> {
  return change(async (context) => {
    await withdrawInvitation(context, { invitationId: textOf(form, "invitationId") });
    return null;
  });
}

type Saved = { readonly saved: true };

/** Each ticked role comes with a list that names its centre; empty = everywhere. */
export async function changeRolesAction(
  _before: ActionResult<Saved> | null,
  form: FormData,
): Promise<ActionResult<Saved>> {
  return change(async (context) => {
    const grants = form
      .getAll("roles")
      .filter(isRole)
      .map((role) => ({ role, centreId: textOf(form, `centre-${role}`) || null }));
    await changeRoles(context, { personId: textOf(form, "personId"), grants });
    return { saved: true as const };
  });
}

export async function suspendAction(form: FormData): Promise<ActionResult<null>> {
  return change(async (context) => {
    await suspendPerson(context, { personId: textOf(form, "personId") });
    return null;
  });
}

export async function reinstateAction(form: FormData): Promise<ActionResult<null>> {
  return change(async (context) => {
    await reinstatePerson(context, { personId: textOf(form, "personId") });
    return null;
  });
}

export async function grantExtraTimeAction(
  _before: ActionResult<Saved> | null,
  form: FormData,
): Promise<ActionResult<Saved>> {
  return change(async (context) => {
    await grantExtraTime(context, {
      personId: textOf(form, "personId"),
      percent: textOf(form, "percent"),
      reason: textOf(form, "reason"),
    });
    return { saved: true as const };
  });
}

export async function endExtraTimeAction(form: FormData): Promise<ActionResult<null>> {
  return change(async (context) => {
    await endExtraTime(context, { personId: textOf(form, "personId") });
    return null;
  });
}

export async function saveCentreAction(
  _before: ActionResult<Saved> | null,
  form: FormData,
): Promise<ActionResult<Saved>> {
  return change(async (context) => {
    const input = {
      name: textOf(form, "name"),
      timeZone: textOf(form, "timeZone"),
      address: textOf(form, "address"),
    };
    const centreId = textOf(form, "centreId");
    if (centreId === "") await createCentre(context, input);
    else await updateCentre(context, { centreId, ...input });
    return { saved: true as const };
  });
}

export async function approveAction(form: FormData): Promise<ActionResult<null>> {
  return change(async (context) => {
    await approveRequest(context, { approvalId: textOf(form, "approvalId") });
    return null;
  });
}

export async function declineAction(form: FormData): Promise<ActionResult<null>> {
  return change(async (context) => {
    await declineRequest(context, { approvalId: textOf(form, "approvalId") });
    return null;
  });
}

export async function withdrawRequestAction(form: FormData): Promise<ActionResult<null>> {
  return change(async (context) => {
    await withdrawRequest(context, { approvalId: textOf(form, "approvalId") });
    return null;
  });
}
