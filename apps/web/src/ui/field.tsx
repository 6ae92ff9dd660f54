import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export type FieldSize = "md" | "lg";

export type FieldFrameProps = {
  label: ReactNode;
  description?: ReactNode;
  error?: ReactNode;
  size?: FieldSize | undefined;
  /** Marks the field as not required, in words. */
  optional?: boolean | undefined;
  hideLabel?: boolean | undefined;
  /** Stands at the right of the label: a link, a counter. */
  aside?: ReactNode;
};

/** Ids a control refers to; both are stable because they follow from the control's own id. */
export function describedBy(id: string, description: ReactNode, error: ReactNode): string | undefined {
  const ids = [error ? `${id}-error` : null, description ? `${id}-note` : null].filter((name) => name !== null);
  return ids.length === 0 ? undefined : ids.join(" ");
}

/** Label above, control, description and error below: the frame around every field with one control. */
export function FieldFrame({
  id,
  label,
  description,
  error,
  size = "md",
  optional = false,
  hideLabel = false,
  aside,
  className,
  children,
}: FieldFrameProps & { id: string; className?: string | undefined; children: ReactNode }) {
  return (
    <div className={classNames("field", className)} data-size={size}>
      <div className={classNames("flex items-baseline justify-between gap-4", hideLabel && "sr-only")}>
        <label htmlFor={id} className="field-label">
          {label}
          {optional ? <span className="font-normal text-ink-3"> (optional)</span> : null}
        </label>
        {aside}
      </div>
      {children}
      {error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}
      {description ? (
        <p id={`${id}-note`} className="field-note">
          {description}
        </p>
      ) : null}
    </div>
  );
}

export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="field-error">
      <CircleAlert className="ico" aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}
