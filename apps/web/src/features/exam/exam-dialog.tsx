"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** The browser's own modal dialog: traps focus, closes on Escape, costs no script. */
export function ExamDialog({
  open,
  onClose,
  title,
  children,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={ref}
      onClose={onClose}
      aria-label={title}
      className="m-auto max-h-[85dvh] w-[min(34rem,calc(100vw-2rem))] overflow-auto rounded-panel border border-line bg-surface p-6 text-body text-ink shadow-float backdrop:bg-[oklch(0.2_0.01_75/0.45)]"
    >
      <h2 className="mb-3 text-h2 font-semibold">{title}</h2>
      {open ? children : null}
    </dialog>
  );
}
