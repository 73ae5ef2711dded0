import { api, type Account, type CodeWanted } from "../api";
import { session } from "../session.svelte";

/** Somebody who is in, and the recovery codes that an enrolment brought: they are shown this once. */
export interface Entered {
  readonly account: Account;
  readonly recoveryCodes: readonly string[];
}

/** The first step: the password. */
export function givePassword(email: string, password: string): Promise<CodeWanted> {
  return api.post("/sessions", { body: { email: email.trim(), password }, anonymous: true });
}

/** Without the authenticator app: a recovery code is used up, and another app enrolled in its place. */
export function giveRecoveryCode(challengeId: string, code: string): Promise<CodeWanted> {
  return api.post("/sessions/recovery", { body: { challenge_id: challengeId, recovery_code: code }, anonymous: true });
}

/** The second step: the code of the authenticator app opens the session. */
export async function giveCode(challengeId: string, code: string): Promise<Entered> {
  const body = { challenge_id: challengeId, code, transport: "cookie" } as const;
  const opened = await api.post("/sessions/confirm", { body, anonymous: true });
  return { account: opened.account, recoveryCodes: opened.recovery_codes ?? [] };
}

/** Whether a session is there from before. */
export async function resume(): Promise<void> {
  session.begin(await api.get("/me", { anonymous: true }));
}

/** Accept an invitation; resolves to the e-mail address to sign in with. */
export async function accept(token: string, name: string, password: string): Promise<string> {
  const accepted = await api.post("/invitations/{token}/accept", { path: { token }, body: { name, password }, anonymous: true });
  return accepted.account.email;
}
