"use client";

import { type ReactNode, useState } from "react";
import { Segmented } from "@/ui/segmented.tsx";

/** One section's trace at a time on the screen; on paper all of them, one after the other. */
export function TraceTabs({
  heading,
  sections,
}: {
  heading: ReactNode;
  sections: readonly { id: string; label: string; content: ReactNode }[];
}) {
  const [shown, setShown] = useState(sections[0]?.id ?? "");
  return (
    <>
      <div className="mb-2 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        {heading}
        <Segmented
          legend="Section"
          name="trace-section"
          options={sections.map(({ id, label }) => ({ value: id, label }))}
          value={shown}
          onValueChange={setShown}
          className="trace-tabs print:hidden"
        />
      </div>
      {sections.map(({ id, label, content }) => (
        <section
          key={id}
          aria-label={`Why this band: ${label}`}
          className={id === shown ? "trace-section" : "trace-section hidden print:block"}
        >
          <h3 className="hidden pt-4 pb-2 print:block">{label}</h3>
          {content}
        </section>
      ))}
    </>
  );
}
