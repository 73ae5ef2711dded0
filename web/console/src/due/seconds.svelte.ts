import { createSubscriber } from "svelte/reactivity";

/** The present by the second, for countdowns: it ticks while anybody looks at it. */
class Seconds {
  readonly #subscribe = createSubscriber((update) => {
    const timer = setInterval(update, 1000);
    return () => clearInterval(timer);
  });

  get now(): number {
    this.#subscribe();
    return Date.now();
  }
}

export const seconds = new Seconds();
