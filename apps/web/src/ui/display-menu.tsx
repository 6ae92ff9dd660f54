"use client";

import { ALargeSmall } from "lucide-react";
import { useId } from "react";
import { DisplaySwitch } from "./display-switch.tsx";

/** Text size, contrast and colours, where there is no account menu to hold them. */
export function DisplayMenu() {
  const id = useId();
  return (
    <>
      <button type="button" popoverTarget={id} className="display-button">
        <ALargeSmall className="size-6" strokeWidth={1.75} aria-hidden="true" />
        <span className="max-wide:sr-only">Display</span>
      </button>
      <div id={id} popover="auto" className="shell-popover display-menu" data-from="avatar">
        <div className="grid gap-4 px-3 py-2">
          <DisplaySwitch name="text" showLegend />
          <DisplaySwitch name="contrast" showLegend />
          <DisplaySwitch name="theme" showLegend />
        </div>
      </div>
    </>
  );
}
