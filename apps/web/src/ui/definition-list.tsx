import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** Terms on the left, what they are on the right; on a narrow phone still side by side. */
export function DefinitionList({
  items,
  dense = false,
  className,
}: {
  items: readonly { term: ReactNode; detail: ReactNode; id?: string | undefined }[];
  dense?: boolean | undefined;
  className?: string | undefined;
}) {
  return (
    <dl className={classNames(dense ? "text-dense" : undefined, className)}>
      {items.map((item, index) => (
        <div
          key={item.id ?? String(index)}
          className={
            dense
              ? "grid grid-cols-[104px_minmax(0,1fr)] gap-3 py-0.5"
              : "grid grid-cols-[116px_minmax(0,1fr)] gap-2.5 py-1.5 wide:grid-cols-[148px_minmax(0,1fr)] wide:gap-4"
          }
        >
          <dt className="text-ink-3">{item.term}</dt>
          <dd className="min-w-0 break-words">{item.detail}</dd>
        </div>
      ))}
    </dl>
  );
}
