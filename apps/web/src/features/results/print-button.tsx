"use client";

import { Printer } from "lucide-react";
import { Button, type ButtonSize } from "@/ui/button.tsx";

/** The page as the browser prints it, with every section's trace. */
export function PrintButton({ size = "lg" }: { size?: ButtonSize }) {
  return (
    <Button size={size} icon={<Printer className="ico" aria-hidden="true" />} onClick={() => window.print()}>
      Print
    </Button>
  );
}
