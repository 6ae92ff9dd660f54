import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { type ButtonLook, buttonLook } from "./button.tsx";
import { classNames } from "./class-names.ts";

// Every page is made per request (its policy carries a nonce), so a prefetch would cost the server a page and gain the
// reader nothing: links of the look do not prefetch unless told to.

export function LinkButton({
  variant,
  size,
  iconOnly,
  icon,
  className,
  children,
  ...rest
}: ComponentProps<typeof Link> & ButtonLook & { icon?: ReactNode }) {
  return (
    <Link
      prefetch={false}
      {...rest}
      {...buttonLook({ variant, size, iconOnly })}
      className={classNames("btn", className)}
    >
      {icon}
      {children}
    </Link>
  );
}

export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return <Link prefetch={false} {...rest} className={classNames("link", className)} />;
}
