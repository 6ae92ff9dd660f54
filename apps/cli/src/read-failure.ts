const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  ENOTDIR: "there is no such file",
};

/** Why the system did not let a file be read, in words; null for any other error. */
export function readFailure(error: unknown): string | null {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string" && "syscall" in error)) return null;
  return reasons[error.code] ?? `reading failed (${error.code})`;
}
