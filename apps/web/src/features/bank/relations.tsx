import type { ItemDetail } from "@bandwise/core/bank/queries";
import { Layers, Swords, Unlink } from "lucide-react";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { TextLink } from "@/ui/link-button.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { ReasonField } from "./item-actions.tsx";
import { bankPath } from "./list-params.ts";
import {
  declareEnemiesAction,
  joinSetAction,
  leaveSetAction,
  reconcileEnemiesAction,
  suggestItems,
  suggestSets,
} from "./relation-actions.ts";
import { StatusBadge } from "./status-badge.tsx";
import { SuggestedField } from "./suggested-field.tsx";

type Mate = NonNullable<ItemDetail["set"]>["mates"][number];

function ItemLine({ item }: { item: Pick<Mate, "id" | "slug" | "status" | "level"> }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <TextLink href={`${bankPath}/${item.id}`}>
        <span className="font-code">{item.slug}</span>
      </TextLink>
      {item.level}
      <StatusBadge status={item.status} />
    </span>
  );
}

/** The items that share this one's text. */
export function SetPanel({ item }: { item: ItemDetail }) {
  const { set } = item;
  if (!set) {
    const skill = item.shown.item.skill;
    if (skill === "writing" || skill === "speaking") return <p className="text-dense text-ink-2">Tasks stand alone.</p>;
    return (
      <div className="grid gap-2 text-dense">
        <p className="text-ink-2">Belongs to no set.</p>
        {item.may.changeSet ? (
          <div>
            <ConfirmDialog
              triggerLabel="Put into a set"
              triggerSize="sm"
              triggerIcon={<Layers className="ico" aria-hidden="true" />}
              title={`Put ${item.slug} into a set`}
              consequence={
                <p>Items of a set share their text or recording word for word. It is edited for all at once.</p>
              }
              confirmLabel="Put into set"
              action={joinSetAction}
            >
              <input type="hidden" name="itemId" value={item.id} />
              <SuggestedField
                suggest={suggestSets}
                name="slug"
                label="Name of the set"
                description="Lower-case letters, digits and hyphens: of a set that is there, or a new one."
                code
                required
                pattern="[a-z0-9-]{3,40}"
              />
              <TextField
                name="title"
                label="Title"
                description="For a new set only; empty joins one that is there."
                optional
              />
            </ConfirmDialog>
          </div>
        ) : null}
      </div>
    );
  }
  return (
    <div className="grid gap-2 text-dense">
      <p>
        <TextLink href={`${bankPath}?set=${set.slug}`}>{set.title}</TextLink>
      </p>
      <ul className="grid gap-1">
        {set.mates.length === 0 ? <li className="text-ink-2">No other item so far.</li> : null}
        {set.mates.map((mate) => (
          <li key={mate.id}>
            <ItemLine item={mate} />
          </li>
        ))}
      </ul>
      {item.may.changeSet ? (
        <div className="flex flex-wrap gap-2">
          <TextLink href={`${bankPath}/sets/${set.id}`}>Edit the shared text</TextLink>
          <ConfirmDialog
            triggerLabel="Take out"
            triggerSize="sm"
            triggerIcon={<Unlink className="ico" aria-hidden="true" />}
            title={`Take ${item.slug} out of “${set.title}”?`}
            consequence={<p>It keeps its text. Forms that take whole sets no longer take it with the others.</p>}
            confirmLabel="Take out"
            action={leaveSetAction}
          >
            <input type="hidden" name="itemId" value={item.id} />
          </ConfirmDialog>
        </div>
      ) : null}
    </div>
  );
}

/** The items that this one must never meet in a form. */
export function EnemyPanel({ item }: { item: ItemDetail }) {
  return (
    <div className="grid gap-2 text-dense">
      <ul className="grid">
        {item.enemies.length === 0 ? <li className="text-ink-2">May meet any item in a form.</li> : null}
        {item.enemies.map((enemy) => (
          <li key={enemy.id} className="grid gap-1 border-t border-line py-2 first:border-t-0">
            <ItemLine item={enemy} />
            <p className="text-ink-2">{enemy.reason}</p>
            {item.may.relate ? (
              <div>
                <ConfirmDialog
                  triggerLabel="May meet again"
                  triggerSize="sm"
                  title={`Let ${item.slug} and ${enemy.slug} meet in one form?`}
                  consequence={<p>They were kept apart because: {enemy.reason}</p>}
                  confirmLabel="May meet"
                  action={reconcileEnemiesAction}
                >
                  <input type="hidden" name="itemId" value={item.id} />
                  <input type="hidden" name="otherId" value={enemy.id} />
                </ConfirmDialog>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {item.may.relate ? (
        <div>
          <ConfirmDialog
            triggerLabel="Keep apart from …"
            triggerSize="sm"
            triggerIcon={<Swords className="ico" aria-hidden="true" />}
            title={`Keep ${item.slug} apart from another item`}
            consequence={<p>The two never stand in one form, and who has met one is not given the other.</p>}
            confirmLabel="Keep apart"
            action={declareEnemiesAction}
          >
            <input type="hidden" name="itemId" value={item.id} />
            <SuggestedField
              suggest={suggestItems}
              name="otherSlug"
              label="The other item"
              description="By its name, or a word of its text."
              code
              required
              pattern="[a-z0-9-]{3,40}"
            />
            <ReasonField />
          </ConfirmDialog>
        </div>
      ) : null}
    </div>
  );
}
