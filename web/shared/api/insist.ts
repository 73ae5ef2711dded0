import { isPassing } from "./errors";

const PAUSES = [1_500, 3_000, 6_000, 12_000, 24_000];

/**
 * Send again and again until an answer comes, at once when the network is back.
 * Only for what carries an idempotency key: then it is done once, however often it is sent.
 *
 * @param waiting told whether it waits for the network at present.
 */
export async function insist<T>(send: () => Promise<T>, waiting: (isWaiting: boolean) => void, signal?: AbortSignal): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await send();
      waiting(false);
      return answer;
    } catch (error) {
      if (!isPassing(error) || signal?.aborted) {
        waiting(false);
        throw error;
      }
      waiting(true);
      await untilWorthwhile(PAUSES[Math.min(attempt, PAUSES.length - 1)] ?? 0, signal);
    }
  }
}

/** Resolves when the browser says that it is online again, when somebody gives up, or after the pause. */
function untilWorthwhile(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      window.removeEventListener("online", finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    window.addEventListener("online", finish);
    signal?.addEventListener("abort", finish, { once: true });
  });
}
