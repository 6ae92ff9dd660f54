import type { CertificateStatus } from "@bandwise/core/certificates/schema";
import { Ban, CalendarClock, Check, Replace } from "lucide-react";
import { Badge, type BadgeTone } from "@/ui/badge.tsx";

const looks: Record<CertificateStatus, { word: string; tone: BadgeTone; icon: typeof Check }> = {
  valid: { word: "Valid", tone: "ok", icon: Check },
  expired: { word: "Expired", tone: "warn", icon: CalendarClock },
  revoked: { word: "Revoked", tone: "bad", icon: Ban },
  superseded: { word: "Replaced", tone: "accent", icon: Replace },
};

export const statusOptions = Object.entries(looks).map(([value, { word }]) => ({ value, label: word }));

export function CertificateBadge({ status }: { status: CertificateStatus }) {
  const { word, tone, icon: Icon } = looks[status];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden="true" className="ico" />}>
      {word}
    </Badge>
  );
}
