import type { ReactNode } from "react";
import { requirePage } from "@/lib/guards.ts";

/** No frame: the marking screen takes the whole window, its way back is its own. The same door as the other staff pages. */
export default async function MarkingLayout({ children }: { children: ReactNode }) {
  await requirePage("script:mark");
  return children;
}
