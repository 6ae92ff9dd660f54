import { firstParam, type SearchParams } from "@/ui/url.ts";

export const bankPath = "/admin/bank";
export const reviewPath = `${bankPath}/review`;
export const bulkEditsPath = `${bankPath}/edits`;
export const assemblyPath = `${bankPath}/assembly`;
export const simulationPath = (simulationId: string): string => `${assemblyPath}/simulations/${simulationId}`;
export const formSetsPath = `${bankPath}/forms`;
export const newFormSetPath = `${formSetsPath}/new`;
export const formSetPath = (formSetId: string): string => `${formSetsPath}/${formSetId}`;
export const bookletPath = (formSetId: string, formId: string): string => `${formSetPath(formSetId)}/${formId}/print`;
export const importPath = `${bankPath}/import`;

const names = [
  "search",
  "skill",
  "level",
  "subSkill",
  "topic",
  "type",
  "status",
  "anchor",
  "minDifficulty",
  "maxDifficulty",
  "minExposure",
  "maxExposure",
  "set",
  "enemy",
  "author",
  "reviewer",
  "changedAfter",
  "changedBefore",
  "waiting",
  "sort",
  "direction",
  "page",
  /** Which skill the heat map shows. */
  "map",
] as const;
export type ListParams = Readonly<Partial<Record<(typeof names)[number], string>>>;

/** What the address says about the list; names it does not know are dropped. */
export function listParams(given: SearchParams): ListParams {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = firstParam(given[name]);
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
}
