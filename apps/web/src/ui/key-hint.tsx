import type { ReactNode } from "react";

export function KeyHint({ inverse = false, children }: { inverse?: boolean | undefined; children: ReactNode }) {
  return (
    <kbd className="key" data-inverse={inverse ? "" : undefined}>
      {children}
    </kbd>
  );
}
