/** Times as people read them: by the Persian calendar in Persian, on the office's clock. */

import { language } from "./language.svelte";

const ZONE = "Asia/Tehran";
const LOCALES = { fa: "fa-IR-u-ca-persian", en: "en-GB" } as const;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Day, month, year and time: «۳ آذر ۱۴۰۴، ۱۴:۳۰». */
export function exactTime(iso: string): string {
  return format(iso, { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });
}

/** The day alone: «یکشنبه ۳ آذر». */
export function dayOf(iso: string): string {
  return format(iso, { weekday: "long", day: "numeric", month: "long" });
}

/** The time of day alone: «۱۴:۳۰». */
export function timeOf(iso: string): string {
  return format(iso, { hour: "2-digit", minute: "2-digit" });
}

/** What tells two days apart, on the office's clock. */
export function dayKey(iso: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(new Date(iso));
}

/** How long ago (or ahead) it is, up to a week; then the date. */
export function relativeTime(iso: string, now: number): string {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1000);
  const distance = Math.abs(seconds);
  if (distance >= WEEK) return format(iso, { day: "numeric", month: "short", year: "numeric" });
  const relative = new Intl.RelativeTimeFormat(LOCALES[language.current], { numeric: "auto" });
  if (distance < MINUTE) return relative.format(0, "second");
  if (distance < HOUR) return relative.format(Math.round(seconds / MINUTE), "minute");
  if (distance < DAY) return relative.format(Math.round(seconds / HOUR), "hour");
  return relative.format(daysBetween(now, iso), "day");
}

/** Days by the calendar: what was late last night was yesterday. */
function daysBetween(from: number, to: string): number {
  const midnight = (key: string) => new Date(key).getTime() / 1000;
  return Math.round((midnight(dayKey(to)) - midnight(dayKey(new Date(from).toISOString()))) / DAY);
}

function format(iso: string, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALES[language.current], { timeZone: ZONE, hourCycle: "h23", ...parts }).format(new Date(iso));
}
