import type { Role } from "@bandwise/core/kernel/policy";
import { roleTitles } from "@bandwise/core/people/rules";
import { Ban, MailQuestionMark } from "lucide-react";
import { Badge } from "@/ui/badge.tsx";

/** What stands out about an account; nothing for an ordinary one. */
export function StatusBadge({ status, emailVerifiedAt }: { status: string; emailVerifiedAt: Date | null }) {
  if (status === "suspended") {
    return (
      <Badge tone="bad" icon={<Ban aria-hidden="true" />}>
        Suspended
      </Badge>
    );
  }
  if (status === "erased") return <Badge>Erased</Badge>;
  if (emailVerifiedAt === null) {
    return (
      <Badge tone="warn" icon={<MailQuestionMark aria-hidden="true" />}>
        Not confirmed
      </Badge>
    );
  }
  return <span className="text-ink-2">Active</span>;
}

export function RoleList({ grants }: { grants: readonly { role: Role; centre?: { name: string } | null }[] }) {
  if (grants.length === 0) return <span className="text-ink-3">None</span>;
  return grants
    .map((grant) => (grant.centre ? `${roleTitles[grant.role]} (${grant.centre.name})` : roleTitles[grant.role]))
    .join(", ");
}
