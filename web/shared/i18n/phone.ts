import { asciiDigits, digits } from "./digits";

const DROPPED = /[\s().\-\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const MOBILE = /^(?:(?:\+|00)?98)?0?(9[0-9]{9})$/;

/** An Iranian mobile number as `+989…`, however it was spelled; null if it is none. */
export function canonicalPhone(text: string): string | null {
  const mobile = MOBILE.exec(asciiDigits(text.normalize("NFKC")).replace(DROPPED, ""));
  return mobile ? `+98${mobile[1]}` : null;
}

/** The number as people write it: `0912 123 4567`, in the digits of the page. */
export function formatPhone(phone: string): string {
  const national = phone.replace(/^\+98/, "0");
  return digits(`${national.slice(0, 4)} ${national.slice(4, 7)} ${national.slice(7)}`);
}
