import type { Metadata } from "next";
import { EntranceTitle } from "@/features/people/entrance.tsx";
import { SecondStepForm } from "@/features/people/sign-in-form.tsx";
import { safeReturnPath } from "@/lib/own-origin.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Second factor" };

export default async function SecondStepPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  return (
    <>
      <EntranceTitle title="One more step">Your password is right. Now the code.</EntranceTitle>
      <SecondStepForm next={safeReturnPath(firstParam(params.next), "")} />
      <p className="mt-5">
        <TextLink href="/sign-in">Start again</TextLink>
      </p>
    </>
  );
}
