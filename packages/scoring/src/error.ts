/**
 * The one error of this package: an input that cannot be scored. `field` is a path such as `writing[0].ratings.grammar`,
 * relative to the argument of the function that threw; `rule` says in plain words what the field must be.
 */
export class ScoringError extends Error {
  readonly field: string;
  readonly rule: string;

  constructor(field: string, rule: string) {
    super(`${field}: ${rule}`);
    this.name = "ScoringError";
    this.field = field;
    this.rule = rule;
  }
}
