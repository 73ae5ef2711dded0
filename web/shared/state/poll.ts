export interface Pace {
  /** Milliseconds after a call that brought something new. */
  first: number;
  /** The most milliseconds between two calls. */
  most: number;
}

const SLOWER = 1.5;

/**
 * Ask again and again, more and more rarely while nothing changes or nobody answers.
 * It stops while the page is hidden or offline and asks at once when that ends.
 *
 * @param ask resolves to whether there was something new.
 * @returns what ends it.
 */
export function poll(ask: () => Promise<boolean>, { first, most }: Pace): () => void {
  let pause = first;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasEnded = false;
  let isAsking = false;

  async function tick(): Promise<void> {
    if (isAsking || hasEnded || document.hidden || !navigator.onLine) return;
    isAsking = true;
    const isNew = await ask().catch(() => false);
    isAsking = false;
    pause = isNew ? first : Math.min(pause * SLOWER, most);
    schedule();
  }

  function schedule(): void {
    clearTimeout(timer);
    if (!hasEnded) timer = setTimeout(tick, pause);
  }

  function wake(): void {
    if (document.hidden) return;
    pause = first;
    void tick();
  }

  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  schedule();
  return () => {
    hasEnded = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", wake);
    window.removeEventListener("online", wake);
  };
}
