import { LoaderCircle } from "lucide-react";
import type { ButtonHTMLAttributes, ReactNode } from "react";
import { classNames } from "./class-names.ts";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

export type ButtonLook = {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  /** A square button: give it an `aria-label`. */
  iconOnly?: boolean | undefined;
};

/** What makes any element look like a button; spread onto a link, a react-aria button or a summary. */
export function buttonLook({ variant = "secondary", size = "md", iconOnly = false }: ButtonLook) {
  return { "data-variant": variant, "data-size": size, "data-icon-only": iconOnly ? "" : undefined } as const;
}

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> &
  ButtonLook & {
    icon?: ReactNode;
    busy?: boolean | undefined;
    /** Why the button cannot be used now; it stays focusable and the reason stands beside it. */
    disabledReason?: string | undefined;
  };

export function Button({
  variant,
  size,
  iconOnly,
  icon,
  busy = false,
  disabledReason,
  className,
  children,
  type = "button",
  onClick,
  ...rest
}: ButtonProps) {
  const blocked = busy || disabledReason !== undefined;
  const button = (
    <button
      {...rest}
      {...buttonLook({ variant, size, iconOnly })}
      // A blocked submit button must not submit, yet stay reachable so that its reason is heard.
      type={blocked ? "button" : type}
      aria-disabled={blocked || undefined}
      aria-busy={busy || undefined}
      className={classNames("btn", className)}
      {...(onClick === undefined || blocked ? {} : { onClick })}
    >
      {busy ? <LoaderCircle className="spin" aria-hidden="true" /> : icon}
      {children}
    </button>
  );
  if (disabledReason === undefined) return button;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
      {button}
      <span className="text-dense text-ink-3">{disabledReason}</span>
    </span>
  );
}
