import type { ReactNode } from "react";
import { Entrance } from "@/features/people/entrance.tsx";

export default function EntranceLayout({ children }: { children: ReactNode }) {
  return <Entrance>{children}</Entrance>;
}
