/** What the page does about unsent answers, as values: no timers, no network. Instants are of the page's own clock. */
export interface Sync {
  /** Entries in the browser's store that the server has not acknowledged. */
  readonly pending: number;
  readonly sending: boolean;
  readonly online: boolean;
  readonly failures: number;
  readonly retryAt: number;
  /** When the server last said it has everything, as server time. */
  readonly savedAt: number | null;
  /** The server refuses for good (the attempt is gone): nothing more is tried. */
  readonly refused: boolean;
}

export type SyncEvent =
  | { readonly type: "queued"; readonly count: number }
  | { readonly type: "sending" }
  | { readonly type: "acknowledged"; readonly left: number; readonly serverTime: number }
  | { readonly type: "failed"; readonly at: number; readonly network: boolean }
  | { readonly type: "refused" }
  | { readonly type: "online" }
  | { readonly type: "offline" };

export const idle: Sync = {
  pending: 0,
  sending: false,
  online: true,
  failures: 0,
  retryAt: 0,
  savedAt: null,
  refused: false,
};

const shortestWaitMs = 1_000;
const longestWaitMs = 15_000;

/** Doubles from one second to fifteen. */
export function backoffMs(failures: number): number {
  return Math.min(longestWaitMs, shortestWaitMs * 2 ** Math.max(0, failures - 1));
}

export function stepSync(sync: Sync, event: SyncEvent): Sync {
  switch (event.type) {
    case "queued":
      return { ...sync, pending: event.count };
    case "sending":
      return { ...sync, sending: true };
    case "acknowledged":
      return {
        ...sync,
        pending: event.left,
        sending: false,
        online: true,
        failures: 0,
        retryAt: 0,
        savedAt: event.serverTime,
      };
    case "failed": {
      const failures = sync.failures + 1;
      return {
        ...sync,
        sending: false,
        failures,
        retryAt: event.at + backoffMs(failures),
        online: event.network ? false : sync.online,
      };
    }
    case "refused":
      return { ...sync, sending: false, refused: true };
    case "online":
      // The browser thinks the network is back: try at once.
      return { ...sync, retryAt: 0 };
    case "offline":
      return { ...sync, online: false };
  }
}

/** What the server takes at once is 1.2 MB, and a character has three bytes at most. */
const lettersTogether = 350_000;

/** The first of these entries that fit into one request, always one: a request refused for its size would hold up all behind it. */
export function fitting<Entry>(entries: readonly Entry[]): Entry[] {
  let letters = 0;
  const end = entries.findIndex((entry, at) => {
    letters += JSON.stringify(entry).length;
    return at > 0 && letters > lettersTogether;
  });
  return entries.slice(0, end === -1 ? entries.length : end);
}

/** Milliseconds until the next send, 0 for now, null for nothing to do. */
export function nextSendIn(sync: Sync, at: number): number | null {
  if (sync.pending === 0 || sync.sending || sync.refused) return null;
  return Math.max(0, sync.retryAt - at);
}

export type SaveStateName = "saved" | "saving" | "offline" | "failed";

/** Never better than it is: “saved” only when the server has acknowledged every entry. */
export function saveState(sync: Sync): SaveStateName {
  if (sync.refused) return "failed";
  if (!sync.online) return "offline";
  if (sync.pending > 0 || sync.sending) return sync.failures > 2 ? "offline" : "saving";
  return "saved";
}
