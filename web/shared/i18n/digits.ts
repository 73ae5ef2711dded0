/** Digits: Persian ones are shown, ASCII ones are sent. */

import { language } from "./language.svelte";

const PERSIAN_ZERO = 0x06f0;
const ARABIC_ZERO = 0x0660;

/** The text with Persian digits where the page is Persian. */
export function digits(text: string | number): string {
  if (language.current !== "fa") return String(text);
  return String(text).replace(/[0-9]/g, (digit) => String.fromCharCode(PERSIAN_ZERO + Number(digit)));
}

/** The text with ASCII digits, whatever keyboard it was typed on. */
export function asciiDigits(text: string): string {
  return text
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - PERSIAN_ZERO))
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_ZERO));
}

/** A number with separators, in the digits of the page. */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(language.current === "fa" ? "fa-IR" : "en").format(value);
}
