import type { ItemMove } from "@bandwise/core/bank/life-cycle-rules";
import type { ItemDetail } from "@bandwise/core/bank/queries";
import { Anchor, Archive, Check, Eye, FlaskConical, Moon, Sun, Trash2, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { formatCount } from "@/ui/format.ts";
import { TextArea } from "@/ui/text-area.tsx";
import { moveVersionAction, retireItemAction, takeOutOfAnchorPoolAction } from "./life-cycle-actions.ts";

/** Why something is done to an item: asked for by every step of its life. */
export function ReasonField() {
  return (
    <TextArea
      name="reason"
      label="Reason"
      description="Kept in the item’s history."
      rows={2}
      required
      minLength={3}
      maxLength={500}
    />
  );
}

interface MoveWords {
  readonly label: string;
  readonly icon: typeof Check;
  readonly title: (version: number) => string;
  readonly consequence: (item: ItemDetail) => ReactNode;
  readonly primary?: boolean;
}

const replaces = (item: ItemDetail): string => {
  const inUse = item.history.find(({ status }) => status === "active" || status === "pretest" || status === "resting");
  return inUse && inUse.version !== item.shown.version
    ? ` Version ${inUse.version} is retired; attempts that hold it keep it and are scored by its key.`
    : "";
};

/** The steps in the order of an item's life. Returning is a review; retiring has a dialog of its own. */
const moves: Readonly<Partial<Record<ItemMove, MoveWords>>> = {
  submit: {
    label: "Submit for review",
    icon: Eye,
    title: (version) => `Submit version ${version} for review?`,
    consequence: () => "A second person reads it and approves it or sends it back. Until then it cannot be edited.",
    primary: true,
  },
  activate: {
    label: "Activate",
    icon: Check,
    title: (version) => `Put version ${version} into use?`,
    consequence: (item) => `New forms draw on it from now on.${replaces(item)}`,
    primary: true,
  },
  pretest: {
    label: "Pretest",
    icon: FlaskConical,
    title: (version) => `Try version ${version} out?`,
    consequence: (item) => `It is delivered in pretest places and counts for nobody.${replaces(item)}`,
  },
  withdraw: {
    label: "Withdraw",
    icon: Undo2,
    title: (version) => `Withdraw version ${version} from review?`,
    consequence: () => "It is a draft again and can be edited. Comments stay.",
  },
  wake: {
    label: "Wake",
    icon: Sun,
    title: (version) => `Put version ${version} back into use?`,
    consequence: () => "New forms draw on it again.",
    primary: true,
  },
  rest: {
    label: "Rest",
    icon: Moon,
    title: (version) => `Let version ${version} rest?`,
    consequence: () => "No new form holds it until it is woken. Forms that hold it already keep it.",
  },
  discard: {
    label: "Discard draft",
    icon: Trash2,
    title: (version) => `Give version ${version} up?`,
    consequence: () => "It stays in the history and cannot come back.",
  },
};

/** What this person may do with the version shown; who may do nothing sees nothing. */
export function ItemActions({ item }: { item: ItemDetail }) {
  const { version, id: versionId } = item.shown;
  return (
    <>
      {Object.entries(moves).map(([move, words]) => {
        if (!item.may.moves.includes(move as ItemMove)) return null;
        const Icon = words.icon;
        return (
          <ConfirmDialog
            key={move}
            triggerLabel={words.label}
            triggerVariant={words.primary ? "primary" : "secondary"}
            triggerSize="sm"
            triggerIcon={<Icon className="ico" aria-hidden="true" />}
            title={words.title(version)}
            consequence={<p>{words.consequence(item)}</p>}
            confirmLabel={words.label}
            action={moveVersionAction}
          >
            <input type="hidden" name="move" value={move} />
            <input type="hidden" name="versionId" value={versionId} />
            <ReasonField />
          </ConfirmDialog>
        );
      })}
      {item.may.takeOutOfAnchorPool ? <TakeOutOfAnchorPool item={item} /> : null}
      {item.may.moves.includes("retire") ? <RetireItem item={item} /> : null}
    </>
  );
}

function TakeOutOfAnchorPool({ item }: { item: ItemDetail }) {
  return (
    <ConfirmDialog
      triggerLabel="Take out of anchors"
      triggerSize="sm"
      triggerIcon={<Anchor className="ico" aria-hidden="true" />}
      title={`Take ${item.slug} out of the anchor pool?`}
      consequence={
        <ul className="grid list-disc gap-1 pl-5">
          <li>It stays in use as an ordinary item, in a new version with the same words.</li>
          <li>From then on it can be edited, rested and retired.</li>
          <li>Fewer anchors tie this level’s results together.</li>
        </ul>
      }
      confirmLabel="Take out"
      action={takeOutOfAnchorPoolAction}
    >
      <input type="hidden" name="itemId" value={item.id} />
      <ReasonField />
    </ConfirmDialog>
  );
}

function RetireItem({ item }: { item: ItemDetail }) {
  const drafts = item.history.filter(({ status }) => status === "draft" || status === "in_review").length;
  return (
    <ConfirmDialog
      triggerLabel="Retire"
      triggerSize="sm"
      triggerIcon={<Archive className="ico" aria-hidden="true" />}
      title={`Retire ${item.slug} for good?`}
      consequence={
        <ul className="grid list-disc gap-1 pl-5">
          <li>No new form will hold it, and it cannot come back.</li>
          {drafts > 0 ? (
            <li>{formatCount(drafts, "version in preparation is", "versions in preparation are")} retired with it.</li>
          ) : null}
          <li>
            {item.exposure === 0
              ? "No form has held it so far."
              : `${formatCount(item.exposure, "form holds", "forms hold")} it: these keep it and are scored as before.`}
          </li>
        </ul>
      }
      confirmLabel="Retire"
      tone="danger"
      action={retireItemAction}
    >
      <input type="hidden" name="itemId" value={item.id} />
      <ReasonField />
    </ConfirmDialog>
  );
}
