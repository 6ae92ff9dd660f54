import { FileCheck, ListTree, Mic } from "lucide-react";
import { bandLabel, bandSegments } from "@/features/scale/band-scale.ts";
import { Button } from "@/ui/button.tsx";
import { LinkButton, TextLink } from "@/ui/link-button.tsx";
import { PublicShell } from "@/ui/public-shell.tsx";
import { Ruler } from "@/ui/ruler.tsx";
import { TextField } from "@/ui/text-field.tsx";

const points = [
  {
    icon: Mic,
    title: "Four skills, one sitting",
    text: "Reading, listening, writing and speaking in ninety minutes. Your answers are kept as you give them, through a lost connection or a closed page.",
  },
  {
    icon: ListTree,
    title: "A band you can follow",
    text: "Each result shows its own working, from every item’s level and credit through the table to the band. Anyone with the figures can work it out again.",
  },
  {
    icon: FileCheck,
    title: "A certificate anyone can check",
    text: "Every certificate carries a code. Whoever holds it sees at once whether it is valid, expired, replaced or withdrawn.",
  },
] as const;

export default function LandingPage() {
  return (
    <PublicShell
      footer
      actions={
        <LinkButton href="/sign-in" variant="primary">
          Sign in
        </LinkButton>
      }
    >
      <main>
        <section className="page pt-10! pb-12! wide:pt-20! wide:pb-16!">
          <div className="grid items-end gap-8 desk:grid-cols-[minmax(0,1fr)_22rem] desk:gap-16">
            <div>
              <h1 className="max-w-[15em] font-read text-[2.25rem] leading-[2.75rem] font-normal tracking-[-0.022em] text-balance wide:text-[3.25rem] wide:leading-[3.75rem]">
                One scale, from first words to full command.
              </h1>
              <p className="mt-5 max-w-[38rem] text-exam text-ink-2">
                Bandwise is an English examination whose every band can be traced, step by step, to the answers behind
                it.
              </p>
            </div>
            <div className="grid gap-2 wide:max-desk:max-w-sm">
              <LinkButton href="/register" variant="primary" size="lg">
                Create an account
              </LinkButton>
              <LinkButton href="/sign-in" size="lg">
                Sign in
              </LinkButton>
            </div>
          </div>
          <figure className="mt-12 wide:mt-16">
            <Ruler
              size="lg"
              segments={bandSegments}
              value={6.5}
              valueText="6.50"
              low={6.2}
              high={6.8}
              rangeText="6.20–6.80"
              label={`An example. ${bandLabel({ text: "6.50", level: "C1", range: "6.20–6.80" })}`}
            />
            <figcaption className="mt-2 text-ui text-ink-3">
              An example: overall band 6.50 lies in C1. The bracket is the score range: of three further sittings at the
              same level, about two would fall inside it.
            </figcaption>
          </figure>
        </section>

        <section className="page py-0!" aria-label="How it works">
          <ul className="rule-top grid gap-8 py-8 wide:grid-cols-3 wide:gap-12 wide:py-10">
            {points.map(({ icon: Icon, title, text }) => (
              <li key={title}>
                <Icon className="size-5 text-accent" strokeWidth={1.75} aria-hidden="true" />
                <h2 className="mt-3 text-h3">{title}</h2>
                <p className="mt-1 text-ink-2">{text}</p>
              </li>
            ))}
          </ul>
        </section>

        <section className="page pt-0!" aria-labelledby="verify-title">
          <div className="rule-top grid gap-x-16 gap-y-5 pt-8 wide:grid-cols-2 wide:pt-10">
            <div>
              <h2 id="verify-title">Check a certificate</h2>
              <p className="mt-1 max-w-[30rem] text-ink-2">
                Type the code printed beside the square on the certificate. You need no account, and you see only what
                the certificate itself shows.
              </p>
            </div>
            <form action="/verify" className="grid max-w-[30rem] gap-2">
              <div className="flex flex-wrap items-end gap-2">
                <TextField
                  className="min-w-52 flex-1"
                  label="Certificate code"
                  name="code"
                  size="lg"
                  code
                  required
                  maxLength={64}
                  autoComplete="off"
                  autoCapitalize="characters"
                  spellCheck={false}
                />
                <Button type="submit" size="lg" className="max-wide:w-full">
                  Check
                </Button>
              </div>
              <p className="text-ui text-ink-3">
                What is stored about a check: <TextLink href="/privacy#checks">Privacy</TextLink>
              </p>
            </form>
          </div>
        </section>
      </main>
    </PublicShell>
  );
}
