import { CircleQuestionMark, Menu } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { DisplaySwitch } from "./display-switch.tsx";
import { LinkButton } from "./link-button.tsx";
import { NavLink } from "./nav-link.tsx";
import { type ShellLink, type ShellUser, UserMenu } from "./user-menu.tsx";
import { Wordmark } from "./wordmark.tsx";

/** The frame of candidates' and public pages: a bar on top, on a phone one menu that holds all of it. */
export function PublicShell({
  nav = [],
  user,
  userLinks = [],
  signOut,
  helpHref = "/help",
  actions,
  footer = false,
  children,
}: {
  nav?: readonly ShellLink[] | undefined;
  user?: ShellUser | undefined;
  userLinks?: readonly ShellLink[] | undefined;
  signOut?: ReactNode;
  helpHref?: string | undefined;
  /** Stands at the right of the bar, for example the way to sign in. */
  actions?: ReactNode;
  footer?: boolean | undefined;
  children: ReactNode;
}) {
  const menuId = "main-menu";
  return (
    <div className="flex min-h-dvh flex-col">
      <a href="#content" className="skip-link">
        Skip to content
      </a>
      <header className="topbar">
        <Wordmark />
        {nav.length === 0 ? null : (
          <nav aria-label="Main" className="topbar-nav">
            {nav.map((link) => (
              <NavLink key={link.href} href={link.href} exact={link.exact}>
                {link.label}
              </NavLink>
            ))}
          </nav>
        )}
        <span className="flex-1" />
        <span className="only-wide flex items-center gap-4">
          <LinkButton href={helpHref} variant="quiet" icon={<CircleQuestionMark aria-hidden="true" />}>
            Help
          </LinkButton>
          {user === undefined ? actions : <UserMenu user={user} links={userLinks} signOut={signOut} />}
        </span>
        <span className="only-phone flex items-center gap-1">
          {user === undefined ? actions : null}
          <button type="button" popoverTarget={menuId} className="grid size-11 place-items-center" aria-label="Menu">
            <Menu className="size-5 stroke-[1.75]" aria-hidden="true" />
          </button>
        </span>
        <div id={menuId} popover="auto" className="shell-popover" data-from="phone">
          {user === undefined ? null : (
            <div className="px-3 pt-2 pb-3">
              <p className="font-semibold">{user.name}</p>
              {user.detail === undefined ? null : <p className="text-dense text-ink-3">{user.detail}</p>}
            </div>
          )}
          <nav aria-label="Menu" className="grid border-line py-1 [&:not(:first-child)]:border-t">
            {[...nav, ...userLinks, { href: helpHref, label: "Help" }].map((link) => (
              <NavLink key={link.href} href={link.href} exact className="shell-item">
                {link.label}
              </NavLink>
            ))}
          </nav>
          <div className="border-t border-line px-3 py-3">
            <DisplaySwitch name="theme" />
          </div>
          {signOut ? <div className="border-t border-line px-3 pt-3 pb-1">{signOut}</div> : null}
        </div>
      </header>
      <div id="content" tabIndex={-1} className="flex-1 outline-none">
        {children}
      </div>
      {footer ? <PublicFooter /> : null}
    </div>
  );
}

function PublicFooter() {
  return (
    <footer className="border-t border-line">
      <div className="mx-auto flex w-full max-w-296 flex-wrap items-center gap-x-6 gap-y-2 px-4 py-6 text-ui text-ink-2 wide:px-8">
        <Link href="/verify" className="link hit-line" prefetch={false}>
          Check a certificate
        </Link>
        <Link href="/privacy" className="link hit-line" prefetch={false}>
          Privacy
        </Link>
        <Link href="/help" className="link hit-line" prefetch={false}>
          Help
        </Link>
        <span className="wide:ml-auto">
          <DisplaySwitch name="theme" />
        </span>
      </div>
    </footer>
  );
}
