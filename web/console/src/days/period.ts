import { asciiDigits, digits } from "../../../shared/i18n/digits";
import { language } from "../../../shared/i18n/language.svelte";

/** Local days, both included, as ISO dates. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const DAY = 24 * 60 * 60 * 1000;
/** Years below it are those of the Persian calendar. */
const FIRST_GREGORIAN = 1700;
/** The Persian year begins in March of the 621st year after it. */
const YEARS_APART = 621;

const jalali = new Intl.DateTimeFormat("en-u-ca-persian", { timeZone: "UTC", year: "numeric", month: "numeric", day: "numeric" });
const office = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Tehran" });

/** The last days up to today, on the office's clock. */
export function lastDays(count: number, now = Date.now()): Period {
  return { from: office.format(now - (count - 1) * DAY), to: office.format(now) };
}

/** The day that was typed, by either calendar and with any digits; null if there is no such day. */
export function dayIn(text: string): string | null {
  const match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(asciiDigits(text).trim());
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  return year < FIRST_GREGORIAN ? fromJalali(year, month, day) : checked(year, month, day);
}

/** The day as people write it: «۱۴۰۵/۰۹/۰۲». */
export function writtenDay(iso: string): string {
  return language.current === "fa" ? digits(inJalali(iso)) : iso;
}

function inJalali(iso: string): string {
  return jalaliParts(new Date(iso)).map((part) => String(part).padStart(2, "0")).join("/");
}

function checked(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? isoDay(date) : null;
}

/** The browser knows the calendar one way alone: look among the days that it can be. */
function fromJalali(year: number, month: number, day: number): string | null {
  const about = Date.UTC(year + YEARS_APART, 2, 20) + ((month - 1) * 30.5 + day - 1) * DAY;
  for (let off = -6; off <= 6; off += 1) {
    const date = new Date(about + off * DAY);
    if (jalaliParts(date).join() === [year, month, day].join()) return isoDay(date);
  }
  return null;
}

function jalaliParts(date: Date): number[] {
  const parts = Object.fromEntries(jalali.formatToParts(date).map(({ type, value }) => [type, Number.parseInt(value, 10)]));
  return [parts["year"] ?? 0, parts["month"] ?? 0, parts["day"] ?? 0];
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}
