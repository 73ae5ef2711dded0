import { createSubscriber } from "svelte/reactivity";

const EVERY = 15_000;

/** The present, for what says how long ago something was: it ticks while anybody looks at it. */
class Clock {
  readonly #subscribe: () => void;

  constructor(every: number) {
    this.#subscribe = createSubscriber((update) => {
      const timer = setInterval(update, every);
      return () => clearInterval(timer);
    });
  }

  get now(): number {
    this.#subscribe();
    return Date.now();
  }
}

export const clock = new Clock(EVERY);
/** The same by the second, for countdowns. */
export const seconds = new Clock(1000);
