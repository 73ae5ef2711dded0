import { digits, formatNumber } from "../i18n/digits";
import { kit } from "../texts";
import { Problem, Unreachable } from "./errors";

/** Seconds that nobody counts. */
const LONG = 90;

/** What to tell a person about an error: what happened, and what to do. */
export function explain(error: unknown): string {
  if (error instanceof Unreachable) return kit().problems.unreachable;
  if (!(error instanceof Problem)) return kit().problems.unexpected;
  const { title } = error;
  const detail = error.retryAfter && error.retryAfter > LONG ? kit().problems.later(minutes(error.retryAfter)) : error.detail;
  return digits([title, detail].filter(Boolean).join(". ")) || kit().problems.unexpected;
}

function minutes(seconds: number): string {
  return formatNumber(Math.ceil(seconds / 60));
}
