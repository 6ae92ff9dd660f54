"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Sends along where the browser thinks it is; without script the account starts in UTC and can be changed. */
export function OwnTimeZone() {
  const zone = useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
  return <input type="hidden" name="timeZone" value={zone} />;
}
