import { asciiDigits } from "../../../shared/i18n/digits";
import { language } from "../../../shared/i18n/language.svelte";
import { canonicalPhone } from "../../../shared/i18n/phone";
import { api, type Account } from "../api";
import { session } from "../session.svelte";

/** Open a session with phone number and password. */
export async function signIn(phone: string, password: string): Promise<void> {
  const opened = await api.post("/sessions", { body: { phone: sentPhone(phone), password }, anonymous: true });
  enter(opened.account);
}

/** The session is there: the panel opens, or goes on where it was. */
export function enter(account: Account): void {
  language.suggest(account.language);
  session.begin(account);
}

/** Whether a session is there from before. */
export async function resume(): Promise<void> {
  enter(await api.get("/me", { anonymous: true }));
}

/** The number as it is sent: in one form, or as typed so that the API says what is wrong with it. */
export function sentPhone(phone: string): string {
  return canonicalPhone(phone) ?? asciiDigits(phone);
}
