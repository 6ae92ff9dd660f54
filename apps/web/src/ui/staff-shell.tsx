import { Menu } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { DisplaySwitch } from "./display-switch.tsx";
import { NavLink } from "./nav-link.tsx";
import { type ShellLink, type ShellUser, UserMenu } from "./user-menu.tsx";
import { Wordmark } from "./wordmark.tsx";

export type StaffLink = ShellLink & { icon: ReactNode; count?: number | undefined };

/** The frame of staff pages: navigation on the left with counts, dense text on the lighter ground. */
export function StaffShell({
  nav,
  user,
  userLinks = [],
  signOut,
  homeHref = "/",
  children,
}: {
  nav: readonly StaffLink[];
  user: ShellUser;
  userLinks?: readonly ShellLink[] | undefined;
  signOut?: ReactNode;
  homeHref?: string | undefined;
  children: ReactNode;
}) {
  const menuId = "main-menu";
  return (
    <div className="staff">
      <a href="#content" className="skip-link">
        Skip to content
      </a>
      <header className="topbar only-phone">
        <Wordmark href={homeHref} />
        <span className="flex-1" />
        <button type="button" popoverTarget={menuId} className="grid size-11 place-items-center" aria-label="Menu">
          <Menu className="size-5 stroke-[1.75]" aria-hidden="true" />
        </button>
        <div id={menuId} popover="auto" className="shell-popover" data-from="phone">
          <div className="px-3 pt-2 pb-3">
            <p className="font-semibold">{user.name}</p>
            {user.detail === undefined ? null : <p className="text-dense text-ink-3">{user.detail}</p>}
          </div>
          <nav aria-label="Menu" className="grid border-t border-line py-1">
            {[...nav, ...userLinks.map((link) => ({ ...link, count: undefined }))].map((link) => (
              <NavLink key={link.href} href={link.href} exact={link.exact} className="shell-item">
                {link.label}
                {link.count === undefined ? null : (
                  <span className="ml-auto text-ink-3 tabular-nums">{link.count}</span>
                )}
              </NavLink>
            ))}
          </nav>
          <div className="border-t border-line px-3 py-3">
            <DisplaySwitch name="theme" />
          </div>
          {signOut ? <div className="border-t border-line px-3 pt-3 pb-1">{signOut}</div> : null}
        </div>
      </header>
      <header className="staff-side only-wide">
        <Wordmark href={homeHref} />
        <nav aria-label="Main" className="grid gap-0.5">
          {nav.map((link) => (
            <NavLink key={link.href} href={link.href} exact={link.exact} className="staff-link">
              {link.icon}
              {link.label}
              {link.count === undefined ? null : <span className="staff-count">{link.count}</span>}
            </NavLink>
          ))}
        </nav>
        <div className="mt-auto">
          <UserMenu user={user} links={userLinks} signOut={signOut} face="row" />
        </div>
      </header>
      <div id="content" tabIndex={-1} className="min-w-0 bg-surface outline-none">
        {children}
      </div>
    </div>
  );
}

/** The gutters of a staff page. */
export function StaffPage({ className, children }: { className?: string | undefined; children: ReactNode }) {
  return <main className={classNames("px-4 pb-8 wide:px-6", className)}>{children}</main>;
}
