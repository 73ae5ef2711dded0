import { digits } from "../i18n/digits";
import { kit } from "../texts";
import { Problem, Unreachable } from "./errors";

/** What to tell a person about an error: what happened, and what to do. */
export function explain(error: unknown): string {
  if (error instanceof Unreachable) return kit().problems.unreachable;
  if (!(error instanceof Problem)) return kit().problems.unexpected;
  const { title, detail } = error;
  return digits([title, detail].filter(Boolean).join(". ")) || kit().problems.unexpected;
}
