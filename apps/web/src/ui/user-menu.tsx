"use client";

import { type ReactNode, useId } from "react";
import { DisplaySwitch } from "./display-switch.tsx";
import { NavLink } from "./nav-link.tsx";

export type ShellUser = { name: string; detail?: string | undefined };
export type ShellLink = { href: string; label: string; exact?: boolean | undefined };

export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.slice(0, 1) ?? "");
  return letters.join("").toUpperCase();
}

function Avatar({ name }: { name: string }) {
  return (
    <span className="avatar" aria-hidden="true">
      {initials(name)}
    </span>
  );
}

/** Who is signed in; opens their own links, the colours and the way out. Works as a popover without script. */
export function UserMenu({
  user,
  links = [],
  signOut,
  face = "avatar",
}: {
  user: ShellUser;
  links?: readonly ShellLink[] | undefined;
  signOut?: ReactNode;
  face?: "avatar" | "row" | undefined;
}) {
  const id = useId();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        className={face === "row" ? "user-row" : "user-disc"}
        aria-label={`Your account: ${user.name}`}
      >
        <Avatar name={user.name} />
        {face === "row" ? (
          <span className="min-w-0">
            <b className="block truncate">{user.name}</b>
            {user.detail === undefined ? null : <span className="text-ink-3">{user.detail}</span>}
          </span>
        ) : null}
      </button>
      <div id={id} popover="auto" className="shell-popover" data-from={face}>
        <div className="px-3 pt-2 pb-3">
          <p className="font-semibold">{user.name}</p>
          {user.detail === undefined ? null : <p className="text-dense text-ink-3">{user.detail}</p>}
        </div>
        {links.length === 0 ? null : (
          <nav aria-label="Your account" className="grid border-t border-line py-1">
            {links.map((link) => (
              <NavLink key={link.href} href={link.href} exact className="shell-item">
                {link.label}
              </NavLink>
            ))}
          </nav>
        )}
        <div className="grid gap-2 border-t border-line px-3 py-3">
          <DisplaySwitch name="theme" />
        </div>
        {signOut ? <div className="border-t border-line px-3 pt-3 pb-1">{signOut}</div> : null}
      </div>
    </>
  );
}
