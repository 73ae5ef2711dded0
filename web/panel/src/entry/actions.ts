import { asciiDigits } from "../../../shared/i18n/digits";
import { language } from "../../../shared/i18n/language.svelte";
import { canonicalPhone } from "../../../shared/i18n/phone";
import { forget, keep, kept } from "../../../shared/state/storage";
import { api, type Account } from "../api";
import { session } from "../session.svelte";

/** Whether somebody has signed in on this device: the cookie itself cannot be seen from here. */
const SIGNED_IN = "signed-in";

/** Open a session with phone number and password. */
export async function signIn(phone: string, password: string): Promise<void> {
  const opened = await api.post("/sessions", { body: { phone: sentPhone(phone), password }, anonymous: true });
  enter(opened.account);
}

/** The session is there: the panel opens, or goes on where it was. */
export function enter(account: Account): void {
  language.suggest(account.language);
  session.begin(account);
  keep(localStorage, SIGNED_IN, true);
}

/** Go on with a session from before; a device that never had one asks nothing. Throws what the API says. */
export async function resume(): Promise<void> {
  if (kept<boolean>(localStorage, SIGNED_IN)) enter(await api.get("/me", { anonymous: true }));
  else session.leave();
}

/** The session was ended on purpose. */
export function leave(): void {
  forget(localStorage, SIGNED_IN);
  session.leave();
}

/** The number as it is sent: in one form, or as typed so that the API says what is wrong with it. */
export function sentPhone(phone: string): string {
  return canonicalPhone(phone) ?? asciiDigits(phone);
}
