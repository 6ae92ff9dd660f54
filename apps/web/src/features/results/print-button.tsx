"use client";

import { Printer } from "lucide-react";
import { Button } from "@/ui/button.tsx";

/** The page as the browser prints it, with every section's trace. */
export function PrintButton() {
  return (
    <Button size="lg" icon={<Printer className="ico" aria-hidden="true" />} onClick={() => window.print()}>
      Print
    </Button>
  );
}
