/** Why a service outside gave nothing that can be used. Its message names the service and the fault, never a key or an answer. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  /** The same question may be answered later: whoever asked in a job tries again. */
  readonly retryable: boolean;
  /** What the service itself asked to wait for. */
  readonly retryAfterMilliseconds: number | null;

  constructor(message: string, retryable: boolean, options: ErrorOptions & { retryAfterMilliseconds?: number } = {}) {
    super(message, options);
    this.retryable = retryable;
    this.retryAfterMilliseconds = options.retryAfterMilliseconds ?? null;
  }
}
