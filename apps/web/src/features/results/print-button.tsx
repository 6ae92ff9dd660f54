"use client";

import { Printer } from "lucide-react";
import { Button } from "@/ui/button.tsx";

/** The result as a report: the browser prints it or keeps it as a PDF, with every section's trace. */
export function PrintButton() {
  return (
    <Button size="lg" icon={<Printer className="ico" aria-hidden="true" />} onClick={() => window.print()}>
      Print or save
    </Button>
  );
}
