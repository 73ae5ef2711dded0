import { digits } from "../../../shared/i18n/digits";
import type { HistoryEntry } from "../api";
import { catalogue } from "../catalogue.svelte";
import { t } from "../texts";

/** One thing that an event changed, in words. */
export interface Change {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

/** How the API writes a change: the value before, and the one after. */
export const BEFORE_AND_AFTER = " → ";

/** What an event changed, as far as people care. */
export function changesOf({ data }: HistoryEntry): Change[] {
  const labels = t().history.fields;
  return Object.entries(data).flatMap(([field, value]) => {
    const label = labels[field];
    if (!label) return [];
    const [before, after] = value.includes(BEFORE_AND_AFTER) ? value.split(BEFORE_AND_AFTER) : [data[`${field}_before`] ?? "", value];
    const from = before || value.includes(BEFORE_AND_AFTER) ? inWords(field, before ?? "") : "";
    return from === inWords(field, after ?? "") ? [] : [{ label, from, to: inWords(field, after ?? "") }];
  });
}

function inWords(field: string, value: string): string {
  if (!value) return t().history.nothing;
  if (field === "status") return catalogue.status(value);
  if (field === "priority") return catalogue.priority(value);
  if (field === "topic") return catalogue.topic(value);
  return field === "score" ? digits(value) : value;
}
