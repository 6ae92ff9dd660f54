import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DemoSignIns } from "@/features/people/demo-sign-ins.tsx";
import { EntranceTitle } from "@/features/people/entrance.tsx";
import { SignInForm } from "@/features/people/sign-in-form.tsx";
import { homePath } from "@/features/people/staff-nav.tsx";
import { requestContext } from "@/lib/context.ts";
import { safeReturnPath } from "@/lib/own-origin.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Sign in" };

const done: Readonly<Record<string, string>> = {
  reset: "Your new password is set. Sign in with it.",
};

export default async function SignInPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [params, { person, viewer, settings }] = await Promise.all([searchParams, requestContext()]);
  const next = safeReturnPath(firstParam(params.next), "");
  if (person) redirect(next || homePath(viewer));
  const message = done[firstParam(params.done) ?? ""];
  return (
    <>
      <EntranceTitle title="Sign in" />
      {message === undefined ? null : (
        <Notice tone="ok" className="mb-5">
          {message}
        </Notice>
      )}
      <SignInForm next={next} />
      <p className="mt-5">
        New here? <TextLink href="/register">Create an account</TextLink>
      </p>
      {settings.demo ? <DemoSignIns /> : null}
    </>
  );
}
