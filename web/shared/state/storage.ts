/** What is kept on the device: drafts and the like. A browser may refuse storage; then nothing is kept. */

export function keep(storage: Storage, key: string, value: unknown): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // full or forbidden: what is on the page stays there all the same
  }
}

export function kept<T>(storage: Storage, key: string): T | null {
  try {
    return JSON.parse(storage.getItem(key) ?? "null") as T | null;
  } catch {
    return null;
  }
}

/** Forget everything whose key begins so. */
export function forget(storage: Storage, prefix: string): void {
  try {
    for (const key of Object.keys(storage)) if (key.startsWith(prefix)) storage.removeItem(key);
  } catch {
    // nothing was kept
  }
}
