/** Facts every certificate is made by; the level's meaning is part of the scheme the result was judged by (`IELP.levels`). */
export const CERTIFICATE = Object.freeze({
  /** Counted from the day of issue. */
  validityMonths: 24,
});
