"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** A navigation link that knows whether it is current: the same page, or (unless `exact`) one below it. */
export function NavLink({
  href,
  exact = false,
  className,
  children,
}: {
  href: string;
  exact?: boolean | undefined;
  className?: string | undefined;
  children: ReactNode;
}) {
  const path = usePathname();
  const current = path === href ? "page" : !exact && path.startsWith(`${href}/`) ? true : undefined;
  return (
    <Link
      href={href}
      prefetch={false}
      className={className}
      aria-current={current}
      onClick={(event) => {
        // The shell stays while the page changes, so an open menu must be put away by hand.
        event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
      }}
    >
      {children}
    </Link>
  );
}
