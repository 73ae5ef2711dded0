import { isPassing, Problem } from "./errors";
import { insist } from "./insist";

/** What makes a thing happen once however often it is sent; kept with its draft. */
export interface OnceKey<Body> {
  readonly key: string;
  /** Bodies sent under the key whose answer never came: one of them may have been taken. */
  readonly attempts: readonly Body[];
  /** Milliseconds of the first of them. */
  readonly since: number;
}

export interface Outcome<Answer> {
  readonly answer: Answer;
  /** What was taken is what had been sent before, and not the present text. */
  readonly isEarlier: boolean;
}

/** The API remembers a key for a day; well before that it is no protection any more. */
const LIFETIME = 20 * 60 * 60 * 1000;

export function newKey<Body>(): OnceKey<Body> {
  return { key: crypto.randomUUID(), attempts: [], since: 0 };
}

/** Whether something was sent so long ago that nobody can tell any more whether it was taken. */
export function isStale(once: OnceKey<unknown>): boolean {
  return once.attempts.length > 0 && Date.now() - once.since > LIFETIME;
}

interface Sending<Body, Answer> {
  send: (body: Body, key: string) => Promise<Answer>;
  /** Write down what is in doubt, before and after. */
  keep: (once: OnceKey<Body>) => void;
  waiting: (isWaiting: boolean) => void;
  signal: AbortSignal;
}

/** Send until an answer comes, and find out what was taken if the text has changed in between. */
export async function sendOnce<Body, Answer>(
  once: OnceKey<Body>,
  body: Body,
  { send, keep, waiting, signal }: Sending<Body, Answer>,
): Promise<Outcome<Answer>> {
  const others = once.attempts.filter((attempt) => !isSame(attempt, body));
  keep({ ...once, attempts: [...others, body], since: once.attempts.length ? once.since : Date.now() });
  try {
    return { answer: await insist(() => send(body, once.key), waiting, signal), isEarlier: false };
  } catch (error) {
    if (!isPassing(error)) keep({ ...once, attempts: others });
    if (!(error instanceof Problem) || error.kind !== "key-reused") throw error;
    return { answer: await firstTaken(others, (other) => send(other, once.key), error), isEarlier: true };
  }
}

/** Sent again with the same key, what was taken answers as it did the first time. */
async function firstTaken<Body, Answer>(
  bodies: readonly Body[],
  send: (body: Body) => Promise<Answer>,
  refusal: Problem,
): Promise<Answer> {
  for (const body of bodies) {
    try {
      return await send(body);
    } catch (error) {
      if (!(error instanceof Problem) || error.kind !== "key-reused") throw error;
    }
  }
  throw refusal;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
