/** What a command may touch of the process: handed in, so that a command can be run without one. */
export interface Io {
  readonly input: AsyncIterable<Uint8Array>;
  /** Resolves when the text may be followed by more. */
  out(text: string): Promise<void>;
  err(text: string): void;
}

/** One file in `commands/` exports one of these as `command` and is listed in main.ts. */
export interface Command {
  /** The line after `usage: bandwise`. */
  readonly usage: string;
  /** What `--help` adds to it, line by line. */
  readonly help?: readonly string[];
  /** Resolves to the exit status. `args` are what follows the command's own words. */
  run(args: readonly string[], io: Io): Promise<number>;
}

/** A mistake in how a command was called: shown with its usage, exit status 2. */
export class UsageError extends Error {}
