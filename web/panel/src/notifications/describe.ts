import type { Notification } from "../api";
import { t } from "../texts";

/** What a notification of this type says. */
export function describe(type: Notification["type"]): string {
  return t().notifications.types[type] ?? t().notifications.other;
}
