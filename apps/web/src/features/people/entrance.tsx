import type { ReactNode } from "react";
import { bandSegments } from "@/features/scale/band-scale.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { Ruler } from "@/ui/ruler.tsx";
import { Wordmark } from "@/ui/wordmark.tsx";

/** The frame of every page before one is signed in: one form on the left, the scale on the right. */
export function Entrance({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh bg-surface desk:grid-cols-[minmax(27rem,41%)_minmax(0,1fr)]">
      <div className="flex flex-col px-4 py-4 wide:px-12 wide:py-9 desk:px-24">
        <header>
          <Wordmark />
        </header>
        <main className="my-auto w-full max-w-100 py-10">{children}</main>
        <footer className="flex flex-wrap gap-6 text-ui text-ink-2">
          <TextLink href="/verify">Check a certificate</TextLink>
          <TextLink href="/privacy">Privacy</TextLink>
          <TextLink href="/help">Help</TextLink>
        </footer>
      </div>
      <aside className="hidden items-center border-l border-line bg-paper px-26 desk:flex">
        <div className="w-full max-w-160">
          <p className="max-w-[11em] font-read text-[2.5rem] leading-[3.125rem] tracking-[-0.02em]">
            One scale, from first words to full command.
          </p>
          <div className="mt-8">
            <Ruler size="lg" segments={bandSegments} label="Band scale from 0 to 10 with levels A1 to C2" />
          </div>
          <p className="mt-4 text-ink-2">Every band can be traced, step by step, to the answers behind it.</p>
        </div>
      </aside>
    </div>
  );
}

/** Heading and first words of an entrance page. */
export function EntranceTitle({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="pb-5">
      <h1>{title}</h1>
      {children ? <p className="mt-1 text-ink-2">{children}</p> : null}
    </div>
  );
}
