import type { Transaction } from "@bandwise/db/client";
import type { StoredPolicy } from "./policy-rules.ts";
import { policyData } from "./policy-schema.ts";

/** Every version of every policy that was published for a programme. */
export async function storedPolicies(
  tx: Pick<Transaction, "markingPolicy">,
  programme: string,
): Promise<StoredPolicy[]> {
  const rows = await tx.markingPolicy.findMany({
    where: { programme },
    select: { programme: true, skill: true, level: true, version: true, data: true },
  });
  return rows.map(({ data, ...row }) => ({ ...row, data: policyData.parse(data) }));
}
