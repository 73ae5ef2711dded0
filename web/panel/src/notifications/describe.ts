import { t } from "../texts";

/** What a notification of this type says. */
export function describe(type: string): string {
  return t().notifications.types[type] ?? t().notifications.other;
}
