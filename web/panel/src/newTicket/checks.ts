import type { Form } from "../api";
import { t } from "../texts";
import type { TicketDraft } from "./draft.svelte";

/** What is wrong with a draft by field, in the order of the form. */
export function checkDraft(draft: TicketDraft, limits: Form["limits"]): Record<string, string | undefined> {
  return {
    topic: draft.topic ? undefined : t().invalid.topic,
    priority: draft.priority ? undefined : t().invalid.priority,
    subject: checkText(draft.subject, limits.subject_length, t().invalid.subject),
    description: checkText(draft.description, limits.description_length, t().invalid.description),
  };
}

/** What is wrong with a text that must be there and not be too long. */
export function checkText(text: string, most: number, missing: string): string | undefined {
  if (!text.trim()) return missing;
  return checkLength(text, most);
}

/** What is wrong with a text while it is being written. */
export function checkLength(text: string, most: number): string | undefined {
  return text.trim().length > most ? t().invalid.tooLong : undefined;
}
