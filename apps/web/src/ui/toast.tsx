"use client";

import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";

export type ToastTone = "plain" | "ok" | "bad";
type Toast = { id: number; text: string; detail?: string | undefined; tone: ToastTone };

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();
const none: readonly Toast[] = [];

function replace(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Shows a short message that needs no answer. What must not be missed belongs in the page, not here. */
export function notify(message: { text: string; detail?: string; tone?: ToastTone }) {
  lastId += 1;
  const toast: Toast = { id: lastId, text: message.text, detail: message.detail, tone: message.tone ?? "plain" };
  replace([...toasts, toast].slice(-3));
}

function dismiss(id: number) {
  replace(toasts.filter((toast) => toast.id !== id));
}

const icons = { plain: Info, ok: CircleCheck, bad: CircleAlert } as const;
const colours = { plain: "text-accent", ok: "text-ok", bad: "text-bad" } as const;

export function ToastRegion() {
  const shown = useSyncExternalStore(
    subscribe,
    () => toasts,
    () => none,
  );
  return (
    // The live region is there before the first message, or screen readers would miss it.
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-4 z-60 grid justify-items-center gap-2 print:hidden"
    >
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  useEffect(() => {
    // Trouble stays until it is put away.
    if (toast.tone === "bad") return;
    const timer = setTimeout(() => dismiss(toast.id), 6000);
    return () => clearTimeout(timer);
  }, [toast]);
  const Icon = icons[toast.tone];
  return (
    <div className="pointer-events-auto flex w-full max-w-md items-start gap-3 rounded-panel border border-line bg-surface py-3 pr-2 pl-4 text-ui shadow-float">
      <Icon className={`mt-0.5 size-4 flex-none ${colours[toast.tone]}`} aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{toast.text}</p>
        {toast.detail === undefined ? null : <p className="text-ink-2">{toast.detail}</p>}
      </div>
      <button
        type="button"
        className="-my-2 grid size-9 flex-none place-items-center text-ink-3"
        aria-label="Close message"
        onClick={() => dismiss(toast.id)}
      >
        <X className="size-4" />
      </button>
    </div>
  );
}
