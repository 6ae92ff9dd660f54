import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { AppError, notFound } from "../kernel/errors.ts";
import { type BankHealth, widestDemand } from "./health.ts";
import { type DrawnItem, measureHealth, readDrawnItems, readDueForReview, readProgrammes } from "./health-steps.ts";
import { formSections } from "./schema.ts";

export interface BankHealthReport {
  readonly programme: { readonly id: string; readonly name: string; readonly title: string; readonly version: number };
  /** Every programme there is, for a choice. */
  readonly programmes: readonly { readonly name: string; readonly title: string }[];
  readonly health: BankHealth;
  /** Items over their limit now, and rested ones. */
  readonly overexposed: readonly DrawnItem[];
  readonly dueForReview: readonly {
    readonly id: string;
    readonly slug: string;
    readonly reviewedAt: Date;
    readonly openComments: number;
  }[];
}

/** How the bank stands to the newest version of a programme: by skill and level, with what wears out and what to write. */
export const bankHealth = defineQuery({
  name: "bankHealth",
  permission: "bank:health",
  input: z.object({ programme: z.string().max(60).default("ielp") }),
  run: async ({ db, clock }, { programme: name }): Promise<BankHealthReport> => {
    const programmes = await readProgrammes(db);
    const found = programmes.find((programme) => programme.name === name);
    if (!found) throw notFound(`The programme ${name}`);
    const { sections: stored, ...programme } = found;
    const parsed = formSections.safeParse(stored);
    if (!parsed.success) throw new AppError("INTERNAL", `The blueprint of ${name} cannot be read.`);
    const drawn = await readDrawnItems(db, widestDemand([parsed.data]), clock.now());
    return {
      programme,
      programmes: programmes.map(({ name, title }) => ({ name, title })),
      health: await measureHealth(db, parsed.data),
      overexposed: drawn.filter(
        (item) => item.status === "resting" || item.decision === "rest" || item.decision === "keep",
      ),
      dueForReview: await readDueForReview(db, clock.now()),
    };
  },
});
