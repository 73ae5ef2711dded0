import { api, type HistoryEntry } from "../api";

const PAGE = 20;

/** What happened to a ticket, newest first. */
export class TicketHistory {
  items = $state.raw<readonly HistoryEntry[] | null>(null);
  /** Where the events before these begin. */
  cursor = $state<string | null>(null);

  constructor(private readonly number: string) {}

  /** The newest events; those that were read before stay. */
  async refresh(): Promise<void> {
    const page = await this.#page(null);
    const known = new Set(this.items?.map(({ id }) => id));
    const fresh = page.items.filter(({ id }) => !known.has(id));
    const isApart = fresh.length === page.items.length;
    this.items = isApart ? page.items : [...fresh, ...(this.items ?? [])];
    if (isApart) this.cursor = page.next_cursor;
  }

  async more(): Promise<void> {
    const page = await this.#page(this.cursor);
    this.items = [...(this.items ?? []), ...page.items];
    this.cursor = page.next_cursor;
  }

  #page(cursor: string | null) {
    return api.get("/tickets/{number}/history", { path: { number: this.number }, query: { limit: PAGE, cursor } });
  }
}
