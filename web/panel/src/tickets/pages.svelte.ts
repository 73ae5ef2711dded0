import { api, type Ticket } from "../api";

export const STATUSES = ["open", "pending", "resolved", "closed"] as const;
export type Status = (typeof STATUSES)[number];

const PAGE = 20;

/** The customer's tickets of one state or of all, page by page, last activity first. */
export class TicketPages {
  items = $state.raw<readonly Ticket[] | null>(null);
  cursor = $state<string | null>(null);

  constructor(private readonly status: Status | null) {}

  /** The newest page again; further pages that are open stay. */
  async refresh(): Promise<void> {
    const page = await this.#page(null);
    const older = this.items && this.items.length > PAGE ? this.items : [];
    if (older.length === 0 || page.next_cursor === null) this.cursor = page.next_cursor;
    this.items = merged(page.items, page.next_cursor === null ? [] : older);
  }

  async more(): Promise<void> {
    const page = await this.#page(this.cursor);
    this.cursor = page.next_cursor;
    this.items = merged(this.items ?? [], page.items);
  }

  #page(cursor: string | null) {
    return api.get("/tickets", { query: { status: this.status, limit: PAGE, cursor } });
  }
}

/** Both in order, each ticket once. */
function merged(first: readonly Ticket[], second: readonly Ticket[]): readonly Ticket[] {
  const known = new Set(first.map(({ number }) => number));
  return [...first, ...second.filter(({ number }) => !known.has(number))];
}

let lists = new Map<Status | null, TicketPages>();
let owner = "";

/** The list of this state as it was last seen, so that going back shows it at once. */
export function ticketPages(accountId: string, status: Status | null): TicketPages {
  if (owner !== accountId) lists = new Map();
  owner = accountId;
  const pages = lists.get(status) ?? new TicketPages(status);
  lists.set(status, pages);
  return pages;
}
