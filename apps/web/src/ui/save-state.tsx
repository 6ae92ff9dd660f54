import { Check, CloudOff, LoaderCircle, TriangleAlert } from "lucide-react";

export type SaveStateName = "saved" | "saving" | "offline" | "failed";

/** Whether the work is safe, said truthfully. Silent to screen readers except when it is not saved. */
export function SaveState({
  state,
  at,
  size = "md",
}: {
  state: SaveStateName;
  at?: string | undefined;
  /** `sm` beside the captions of a staff page. */
  size?: "sm" | "md" | undefined;
}) {
  const look = {
    saved: { icon: <Check className="ico" aria-hidden="true" />, colour: "text-ok", text: "Saved" },
    saving: { icon: <LoaderCircle className="ico spin" aria-hidden="true" />, colour: "text-ink-2", text: "Saving" },
    offline: { icon: <CloudOff className="ico" aria-hidden="true" />, colour: "text-warn", text: "Offline: kept here" },
    failed: { icon: <TriangleAlert className="ico" aria-hidden="true" />, colour: "text-bad", text: "Not saved" },
  }[state];
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap ${size === "sm" ? "text-dense" : "text-[0.9375rem]"} ${look.colour}`}
    >
      {look.icon}
      <span
        role="status"
        aria-live={state === "saved" || state === "saving" ? "off" : "polite"}
        className="font-medium"
      >
        {look.text}
      </span>
      {state === "saved" && at !== undefined ? <span className="tabular-nums">{at}</span> : null}
    </span>
  );
}
