/** Everything kept of one recording lies in here: its pieces, the originals joined of them, the file players use. */
export function recordingFolder(attemptId: string, recordingId: string): string {
  return `recordings/${attemptId}/${recordingId}`;
}

/** What a simulation works from while it runs: the bank as it was, and how far it has come. */
export function simulationFolder(simulationId: string): string {
  return `simulations/${simulationId}`;
}
