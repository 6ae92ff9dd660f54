import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { type ButtonLook, buttonLook } from "./button.tsx";
import { classNames } from "./class-names.ts";

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
    <Link {...rest} {...buttonLook({ variant, size, iconOnly })} className={classNames("btn", className)}>
      {icon}
      {children}
    </Link>
  );
}

export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return <Link {...rest} className={classNames("link", className)} />;
}
