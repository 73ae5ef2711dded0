import { kit } from "../texts";

const SHORTEST_PASSWORD = 10;

/** What is wrong with a password that is to be set, or nothing. */
export function checkNewPassword(password: string): string | undefined {
  return [...password].length >= SHORTEST_PASSWORD ? undefined : kit().account.shortPassword;
}
