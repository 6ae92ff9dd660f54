/** Everything kept of one recording lies in here: its pieces, the originals joined of them, the file players use. */
export function recordingFolder(attemptId: string, recordingId: string): string {
  return `recordings/${attemptId}/${recordingId}`;
}
