import type { ReactNode } from "react";
import { LinkButton } from "@/ui/link-button.tsx";
import { EntranceTitle } from "./entrance.tsx";

/** A mailed link that was used, ran out or never was: these are not told apart. */
export function DeadLink({ href, label, children }: { href: string; label: string; children: ReactNode }) {
  return (
    <>
      <EntranceTitle title="This link no longer works">It has expired or was already used.</EntranceTitle>
      <p className="pb-5">{children}</p>
      <LinkButton href={href} variant="primary" size="lg">
        {label}
      </LinkButton>
    </>
  );
}
