import { api, type CodeWanted } from "../api";
import { session } from "../session.svelte";

/** The first step: the password. */
export function givePassword(email: string, password: string): Promise<CodeWanted> {
  return api.post("/sessions", { body: { email: email.trim(), password }, anonymous: true });
}

/** The second step: the code of the authenticator app opens the session. */
export async function giveCode(challengeId: string, code: string): Promise<void> {
  const body = { challenge_id: challengeId, code, transport: "cookie" } as const;
  const opened = await api.post("/sessions/confirm", { body, anonymous: true });
  session.begin(opened.account);
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
