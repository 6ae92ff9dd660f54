import type { InputHTMLAttributes, ReactNode } from "react";
import { classNames } from "./class-names.ts";

export function Switch({
  children,
  className,
  ...input
}: Omit<InputHTMLAttributes<HTMLInputElement>, "type" | "role" | "style"> & { children: ReactNode }) {
  return (
    <label className={classNames("switch", className)}>
      {/* biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its own state */}
      <input {...input} type="checkbox" role="switch" />
      <span>{children}</span>
    </label>
  );
}
