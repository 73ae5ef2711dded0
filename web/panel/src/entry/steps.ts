import { forget, keep, kept } from "../../../shared/state/storage";

/** A code is on its way: kept for this tab, since looking at the message may cost a phone the page. */
export interface CodeStep {
  readonly id: string;
  /** The phone number or e-mail address that it goes to. */
  readonly to: string;
  /** Milliseconds of the clock from which another code may be sent. */
  readonly resendAt: number;
  /** When it makes no sense any more. */
  readonly until: number;
}

const LIFETIME = 60 * 60 * 1000;

export function startStep(id: string, to: string, resendAfter: number): CodeStep {
  const now = Date.now();
  return { id, to, resendAt: now + resendAfter * 1000, until: now + LIFETIME };
}

export function rememberStep(purpose: string, step: CodeStep | null): void {
  if (step) keep(sessionStorage, `code:${purpose}`, step);
  else forget(sessionStorage, `code:${purpose}`);
}

export function rememberedStep(purpose: string): CodeStep | null {
  const step = kept<CodeStep>(sessionStorage, `code:${purpose}`);
  return step && step.until > Date.now() ? step : null;
}
