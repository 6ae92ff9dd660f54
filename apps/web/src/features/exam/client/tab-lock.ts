export interface TabHold {
  release(): void;
}

/**
 * One tab of a browser may write: the one that holds this lock. `steal` takes it from the tab that has it, which hears of
 * it at once. Null: another tab has it.
 */
export function holdTab(attemptId: string, steal: boolean, onLost: () => void): Promise<TabHold | null> {
  // Browsers without locks are older than the ones the lobby lets through.
  if (!navigator.locks) return Promise.resolve({ release: () => undefined });
  return new Promise((resolve) => {
    let release: () => void = () => undefined;
    let given = false;
    const held = new Promise<void>((done) => {
      release = done;
    });
    navigator.locks
      .request(`bandwise-exam-${attemptId}`, steal ? { steal: true } : { ifAvailable: true }, (lock) => {
        if (!lock) {
          resolve(null);
          return;
        }
        given = true;
        resolve({ release });
        return held;
      })
      .catch(() => {
        if (given) onLost();
        else resolve(null);
      });
  });
}
