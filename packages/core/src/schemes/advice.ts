/** What a report says of one part of a result where it stands out. To the candidate, in whole sentences. */
export interface Advice {
  /** Where it is stronger than the rest. */
  readonly strength: string;
  /** What helps next, to those on the way to B1 and at it … */
  readonly early: string;
  /** … and to those beyond. */
  readonly later: string;
}
