/**
 * A failure whose message is complete for the person at the terminal: one line with the cause and the remedy.
 * Whoever starts programs prints it as it is, without a stack.
 */
export class DatabaseFailure extends Error {
  override readonly name = "DatabaseFailure";
}
