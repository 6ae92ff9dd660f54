/** A file that is not read any further: why, and which file. Everything else that goes wrong in an item is a finding of its report. */
export class Refusal extends Error {
  readonly file: string;
  readonly reason: string;

  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(`${file}: ${reason}`, options);
    this.file = file;
    this.reason = reason;
  }
}
