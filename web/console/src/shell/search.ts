import { asciiDigits } from "../../../shared/i18n/digits";
import { canonicalPhone } from "../../../shared/i18n/phone";

/** Where a search leads, or what is wrong with it. */
export type Found = { readonly to: string } | { readonly wrong: "neither" | "wrongDigit" };

const NOT_DIGITS = /[\s\-\u200b-\u200f\u2066-\u2069]/g;

/** A mobile number leads to its customer; ten digits with the right check digit to a ticket. */
export function find(text: string): Found {
  const number = asciiDigits(text).replace(NOT_DIGITS, "");
  if (isTicketNumber(number)) return { to: `tickets/${number}` };
  const phone = canonicalPhone(text);
  if (phone) return { to: customersOf(phone) };
  return { wrong: /^[0-9]{10}$/.test(number) ? "wrongDigit" : "neither" };
}

/** The page of the customer with this phone number. */
export function customersOf(phone: string): string {
  return `customers?phone=${encodeURIComponent(phone)}`;
}

/** Ten digits, the last of them the check digit of ISO/IEC 7064 MOD 11,10. */
export function isTicketNumber(number: string): boolean {
  if (!/^[0-9]{10}$/.test(number)) return false;
  const product = [...number.slice(0, 9)].reduce((sum, digit) => ((((Number(digit) + sum) % 10 || 10) * 2) % 11), 10);
  return (11 - product) % 10 === Number(number[9]);
}
