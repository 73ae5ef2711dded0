import type { Patch, Priority, Ticket, Topic } from "../api";

type Status = Ticket["status"];

const MOST_TAGS = 10;
const LONGEST_TAG = 40;

/** Where a ticket can go from where it is. */
const NEXT: Readonly<Record<Status, readonly Status[]>> = {
  open: ["open", "pending", "resolved"],
  pending: ["pending", "open", "resolved"],
  resolved: ["resolved", "open", "closed"],
  closed: ["closed"],
};

export function statusesAfter(status: Status): readonly Status[] {
  return NEXT[status];
}

/** What was typed, with commas of either script between the tags. */
export function tagsIn(text: string): string[] {
  const tags = text.split(/[,،]/).map((tag) => tag.trim()).filter(Boolean);
  return [...new Set(tags)];
}

export function areTagsFit(tags: readonly string[]): boolean {
  return tags.length <= MOST_TAGS && tags.every((tag) => tag.length <= LONGEST_TAG);
}

/** What is being edited; what is not there stays as it is. */
export interface Edits {
  status?: Status;
  priority?: Priority;
  topic?: Topic;
  tags?: string;
}

/** Only what differs from the ticket. */
export function patchOf(ticket: Ticket, edits: Edits): Patch {
  const tags = edits.tags === undefined ? ticket.tags : tagsIn(edits.tags);
  return {
    ...(edits.status && edits.status !== ticket.status ? { status: edits.status } : {}),
    ...(edits.priority && edits.priority !== ticket.priority ? { priority: edits.priority } : {}),
    ...(edits.topic && edits.topic !== ticket.topic ? { topic: edits.topic } : {}),
    ...(tags.join() === ticket.tags.join() ? {} : { tags }),
  };
}
