import type { Topic } from "../api";

/** Which part of the queue is shown, as it stands in the address. */
export interface Filter {
  readonly topic: Topic | null;
  /** `me`, `none` (nobody has it) or somebody's id. */
  readonly assignee: string | null;
}

export function filterIn(query: URLSearchParams): Filter {
  // whatever else was typed there the API refuses
  return { topic: query.get("topic") as Topic | null, assignee: query.get("assignee") };
}

/** The address of the queue with this filter. */
export function addressOf({ topic, assignee }: Filter): string {
  const query = new URLSearchParams();
  if (topic) query.set("topic", topic);
  if (assignee) query.set("assignee", assignee);
  return query.size ? `./?${query.toString()}` : "./";
}

export function isSameFilter(one: Filter, other: Filter): boolean {
  return one.topic === other.topic && one.assignee === other.assignee;
}
