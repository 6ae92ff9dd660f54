"use client";

import type { ReactNode } from "react";
import { Button, type ButtonProps } from "react-aria-components/Button";
import { type ButtonLook, buttonLook } from "./button.tsx";
import { classNames } from "./class-names.ts";

/** The react-aria button in the same clothes as `Button`: for triggers of dialogs, menus and tooltips. */
export function PressButton({
  variant,
  size,
  iconOnly,
  icon,
  className,
  children,
  ...rest
}: Omit<ButtonProps, "children" | "className" | "style"> &
  ButtonLook & { icon?: ReactNode; className?: string; children?: ReactNode }) {
  return (
    <Button {...rest} {...buttonLook({ variant, size, iconOnly })} className={classNames("btn", className)}>
      {icon}
      {children}
    </Button>
  );
}
