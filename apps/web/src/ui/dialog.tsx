"use client";

import { X } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { Dialog as AriaDialog, DialogTrigger, Heading } from "react-aria-components/Dialog";
import { Modal, ModalOverlay } from "react-aria-components/Modal";

export type DialogSize = "sm" | "md" | "lg";

type DialogProps = {
  /** A `PressButton`; without one the dialog is steered by `open`. */
  trigger?: ReactElement;
  title: ReactNode;
  size?: DialogSize | undefined;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  /** An alert dialog asks for an answer: it does not close by a click beside it. */
  role?: "dialog" | "alertdialog" | undefined;
  children: ReactNode | ((close: () => void) => ReactNode);
};

/** A page's side conversation; on a phone it comes up from below. Focus goes in, stays in and returns. */
export function Dialog({ trigger, title, size = "md", open, onOpenChange, role = "dialog", children }: DialogProps) {
  const state = {
    ...(open === undefined ? {} : { isOpen: open }),
    ...(onOpenChange === undefined ? {} : { onOpenChange }),
  };
  const overlay = (
    <ModalOverlay className="dialog-ground" isDismissable={role === "dialog"} {...(trigger === undefined ? state : {})}>
      <Modal className="dialog" data-size={size}>
        <AriaDialog role={role} className="dialog-body">
          {({ close }) => (
            <>
              <div className="flex items-start justify-between gap-4">
                <Heading slot="title" className="text-h2 font-semibold">
                  {title}
                </Heading>
                <button
                  type="button"
                  className="-mt-2 -mr-3 grid size-11 flex-none place-items-center text-ink-3"
                  aria-label="Close"
                  onClick={close}
                >
                  <X className="size-5 stroke-[1.75]" aria-hidden="true" />
                </button>
              </div>
              {typeof children === "function" ? children(close) : children}
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
  if (trigger === undefined) return overlay;
  return (
    <DialogTrigger {...state}>
      {trigger}
      {overlay}
    </DialogTrigger>
  );
}
