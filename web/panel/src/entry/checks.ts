import { canonicalPhone } from "../../../shared/i18n/phone";
import { t } from "../texts";

/** What is wrong with an entry, or nothing. */

export function checkPhone(phone: string): string | undefined {
  return canonicalPhone(phone) ? undefined : t().invalid.phone;
}

export function checkRequired(text: string): string | undefined {
  return text.trim() ? undefined : t().invalid.required;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function checkEmail(email: string): string | undefined {
  return EMAIL.test(email.trim()) ? undefined : t().invalid.email;
}
