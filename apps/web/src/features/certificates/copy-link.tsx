"use client";

import { Link2 } from "lucide-react";
import { Button } from "@/ui/button.tsx";
import { notify } from "@/ui/toast.tsx";

export function CopyLink({ url }: { url: string }) {
  async function copy() {
    try {
      await navigator.clipboard.writeText(url);
      notify({ tone: "ok", text: "The link is copied." });
    } catch {
      notify({ tone: "bad", text: "The browser did not allow it.", detail: url });
    }
  }
  return (
    <Button icon={<Link2 aria-hidden="true" />} className="hit" onClick={() => void copy()}>
      Copy link
    </Button>
  );
}
