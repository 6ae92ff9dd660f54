"use client";

import { useEffect, useState } from "react";
import { type DisplayName, type DisplayValue, displayChoices, readDisplay } from "./display.ts";
import { Segmented } from "./segmented.tsx";

const words: {
  readonly [Name in DisplayName]: { legend: string; labels: Readonly<Record<DisplayValue<Name>, string>> };
} = {
  theme: { legend: "Colours", labels: { system: "System", light: "Light", dark: "Dark" } },
  text: { legend: "Text size", labels: { standard: "Standard", large: "Large", largest: "Largest" } },
  contrast: { legend: "Contrast", labels: { standard: "Standard", high: "High" } },
};

function remember(name: DisplayName, value: string): void {
  const chosen = value !== displayChoices[name][0];
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const life = chosen ? "max-age=31536000" : "max-age=0";
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it on the next request, so that the first paint is right
  document.cookie = `${name}=${value}; path=/; ${life}; SameSite=Lax${secure}`;
  if (chosen) document.documentElement.dataset[name] = value;
  else delete document.documentElement.dataset[name];
}

/** One choice about how pages look, kept in this browser. */
export function DisplaySwitch<Name extends DisplayName>({
  name,
  showLegend = false,
}: {
  name: Name;
  showLegend?: boolean | undefined;
}) {
  const [value, setValue] = useState<DisplayValue<Name>>(() => readDisplay(name, undefined));
  // The page was rendered with the right one; the switch only learns after mounting which that is.
  useEffect(() => setValue(readDisplay(name, document.documentElement.dataset[name])), [name]);
  const { legend, labels } = words[name];
  return (
    <div className="grid gap-1.5">
      {showLegend ? (
        <span className="text-ui text-ink-2" aria-hidden="true">
          {legend}
        </span>
      ) : null}
      <Segmented
        legend={legend}
        name={name}
        size="sm"
        options={displayChoices[name].map((option: DisplayValue<Name>) => ({ value: option, label: labels[option] }))}
        value={value}
        onValueChange={(next) => {
          remember(name, next);
          setValue(next);
        }}
      />
    </div>
  );
}
