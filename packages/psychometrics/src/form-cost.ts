import type { AssembledSection, AssemblyRequest } from "./assembly.ts";
import { blockedBy } from "./blocked.ts";
import { planSections } from "./blueprint.ts";
import { Selection, spreadOf, targetCost } from "./selection.ts";
import { exposureCost, type SectionStock, type SlotStock, stockOf, weights } from "./stock.ts";

/** What the goals make of a form, each in its own steps: the fewer the better, the first that differs decides. */
export interface FormCost {
  /** How far items stand above the fair share of their slot. */
  readonly overShare: number;
  /** Sum of squared counts of sub-skills and topics, by section. */
  readonly spread: number;
  /** Hundredths by which targets are missed. */
  readonly target: number;
  readonly exposure: number;
}

/** Judges a form, whoever made it, by the pool as it is before the form is counted. */
export function formCost(
  { blueprint, pool, met }: Omit<AssemblyRequest, "seed">,
  sections: readonly { readonly picks: readonly Pick<AssembledSection["picks"][number], "id">[] }[],
): FormCost {
  const plans = planSections(blueprint, pool);
  const blocked = blockedBy(pool, met);
  const selection = new Selection(plans, pool);
  let exposure = 0;
  for (const plan of plans) {
    const stock = stockOf(pool, plan, blocked);
    for (const { id } of sections[plan.index]?.picks ?? []) {
      const entry = pool.find(id);
      if (entry?.kind.use !== "scored") continue;
      const { level, tag } = entry.kind;
      const slot = plan.slots.findIndex((own) => own.level === level && own.tag === tag);
      const cost = pickCost(stock, entry.kind.anchor, slot, entry.exposure);
      exposure += cost;
      const { subSkill, topic } = entry.kind;
      const unit = {
        section: plan.index,
        entries: [entry],
        slots: [slot],
        subSkill,
        topic,
        anchors: 0,
        place: "",
        cost,
        seconds: 0,
      };
      selection.add({ ...unit, related: false, chosen: true });
    }
  }
  const overShare = Math.floor(exposure / weights.overShare);
  return {
    overShare,
    spread: selection.sections.reduce((sum, section) => sum + spreadOf(section), 0),
    target: selection.sections.reduce((sum, section) => sum + targetCost(section), 0) / weights.target,
    exposure: exposure - overShare * weights.overShare,
  };
}

/** What the exposure of one pick costs, see `weights`. */
export function pickCost(stock: SectionStock, anchor: boolean, slot: number, exposure: number): number {
  const share = anchor ? stock.anchorShare : (stock.slots[slot] as SlotStock).plainShare;
  return exposureCost(exposure, share);
}
