import { Prisma, type SqlTransaction } from "@bandwise/db/client";
import type { PoolItem } from "@bandwise/psychometrics/pool";
import { AppError, notFound } from "../kernel/errors.ts";
import { readProgrammes } from "./health-steps.ts";
import { itemTag } from "./pool-steps.ts";
import type { FormSection } from "./rules.ts";
import { formSections, type Skill } from "./schema.ts";
import type { BankSnapshot } from "./simulation-rules.ts";

interface ProgrammeFacts {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly version: number;
}

/** The newest version of a programme with its sections, and every programme there is for a choice. */
export async function readProgramme(
  tx: SqlTransaction,
  name: string,
): Promise<{ programme: ProgrammeFacts; programmes: readonly ProgrammeFacts[]; sections: readonly FormSection[] }> {
  const stored = await readProgrammes(tx);
  const found = stored.find((programme) => programme.name === name);
  if (!found) throw notFound(`The programme ${name}`);
  const sections = formSections.safeParse(found.sections);
  if (!sections.success) throw new AppError("INTERNAL", `The blueprint of ${name} cannot be read.`);
  const facts = stored.map(({ sections: _sections, ...programme }) => programme);
  const { sections: _own, ...programme } = found;
  return { programme, programmes: facts, sections: sections.data };
}

/** The bank as the engine sees it for somebody who has met nothing: what can be drawn, with sets and enemies. */
export async function readSnapshot(tx: SqlTransaction, sections: readonly FormSection[]): Promise<BankSnapshot> {
  const skills: Skill[] = [...new Set(sections.map(({ skill }) => skill))];
  const rows = await tx.$queryRaw<(Omit<PoolItem, "use"> & { pretest: boolean })[]>`
    with used as (select item_id, sum(allotted)::int as allotted from item_exposure group by item_id),
    enemies as (
      select lower_id as id, array_agg(higher_id::text order by higher_id) as of from item_enemy group by lower_id
    )
    select i.id::text as id, v.skill::text as skill, v.level, v.sub_skill as "subSkill", v.topic, v.anchor, v.difficulty,
           ${itemTag} as tag, v.status = 'pretest' as pretest, i.set_id::text as set,
           coalesce(u.allotted, 0) as exposure, e.of as enemies
    from item i
    join item_version v on v.id = i.current_id
    left join used u on u.item_id = i.id
    left join enemies e on e.id = i.id
    where v.status in ('active', 'pretest') and v.skill::text in (${Prisma.join(skills)})
    order by i.id`;
  return {
    sections,
    items: rows.map(({ pretest, enemies, ...row }) => ({
      ...row,
      ...(enemies && { enemies }),
      use: pretest ? "pretest" : "scored",
    })),
  };
}
