import { formatNumber } from "../../../shared/i18n/digits";
import type { Figures } from "../api";
import { t } from "../texts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const NOTHING = "–";

/** The columns of every table of figures, in the order of reading. */
export const COLUMNS = ["opened", "answered", "resolved", "breached", "firstResponse", "resolution", "satisfaction"] as const;

/** One figure as people read it. */
export function figure(figures: Figures, column: (typeof COLUMNS)[number]): string {
  if (column === "firstResponse") return span(figures.first_response.median);
  if (column === "resolution") return span(figures.resolution.median);
  if (column === "satisfaction") return figures.satisfaction === null ? NOTHING : formatNumber(figures.satisfaction);
  return formatNumber(figures[column]);
}

/** Seconds of business time. */
function span(seconds: number | null): string {
  if (seconds === null) return NOTHING;
  const hours = Math.floor(seconds / HOUR);
  const minutes = formatNumber(Math.round((seconds % HOUR) / MINUTE));
  return hours ? t().reports.hours(formatNumber(hours), minutes) : t().reports.minutes(minutes);
}
