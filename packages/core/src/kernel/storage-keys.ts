/** Everything kept of one recording lies in here: its pieces, the originals joined of them, the file players use. */
export function recordingFolder(attemptId: string, recordingId: string): string {
  return `recordings/${attemptId}/${recordingId}`;
}

/** What a simulation works from while it runs: the bank as it was, and how far it has come. */
export function simulationFolder(simulationId: string): string {
  return `simulations/${simulationId}`;
}

/** A practice take: as it came, and as one file. Without a take: all that a person has practised. */
export function practiceFolder(personId: string, takeId?: string): string {
  return takeId === undefined ? `practice/${personId}` : `practice/${personId}/${takeId}`;
}
