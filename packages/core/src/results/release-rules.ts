import { releaseObstacle } from "./rules.ts";

export interface Releasable {
  readonly status: string;
  readonly reviewReason: string | null;
  readonly resultStatus: string | null;
  readonly rule: "automatic" | "by-admin";
  /** Marks of an examiner whose queue stands still, or who has to qualify again, given after her last good seed. */
  readonly marksInDoubt: number;
}

/** What keeps a result from releasing itself, in words for the admin; null where nothing does. */
export function automaticObstacle(attempt: Releasable): string | null {
  if (attempt.rule === "by-admin") return "Its programme leaves the release to an admin.";
  const obstacle = releaseObstacle(attempt);
  if (obstacle !== null) return obstacle;
  return attempt.marksInDoubt > 0
    ? "It rests on marks of an examiner whose queue stands still or who has to qualify again: let her go on, send them back, or release it yourself."
    : null;
}
