import { digits } from "../../../shared/i18n/digits";
import { t } from "../texts";

/** How pressing it is: `late` has passed, `soon` within an hour, `near` within four. */
export type Pressure = "late" | "soon" | "near" | "calm";

const SECOND = 1000;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function pressureOf(dueAt: string, now: number): Pressure {
  const left = secondsTo(dueAt, now);
  if (left <= 0) return "late";
  if (left < HOUR) return "soon";
  return left < 4 * HOUR ? "near" : "calm";
}

/** «۲ ساعت و ۵ دقیقه مانده»; within the last hour minutes and seconds. */
export function countdown(dueAt: string, now: number): string {
  const left = secondsTo(dueAt, now);
  if (left <= 0) return t().due.late(span(-left));
  return t().due.left(left < HOUR ? clockFace(left) : span(left));
}

function secondsTo(dueAt: string, now: number): number {
  return Math.ceil((new Date(dueAt).getTime() - now) / SECOND);
}

function span(seconds: number): string {
  const part = (unit: number, within: number) => digits(Math.floor((seconds % within) / unit));
  if (seconds >= DAY) return t().due.days(part(DAY, Infinity), part(HOUR, DAY));
  if (seconds >= HOUR) return t().due.hours(part(HOUR, DAY), part(MINUTE, HOUR));
  return t().due.minutes(digits(Math.max(1, Math.floor(seconds / MINUTE))));
}

function clockFace(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return digits(`${two(Math.floor(seconds / MINUTE))}:${two(seconds % MINUTE)}`);
}
