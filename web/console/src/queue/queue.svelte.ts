import { api, type Ticket } from "../api";
import { session } from "../session.svelte";
import { isSameFilter, type Filter } from "./filter";

const PAGE = 50;
const WHOLE: Filter = { topic: null, assignee: null };

/** The queue as it is shown: it stays while a ticket of it is open, so that its neighbours can be gone to. */
class Queue {
  items = $state.raw<readonly Ticket[] | null>(null);
  hasMore = $state(false);
  /** Number of the ticket that was last gone to. */
  selected = $state<string | null>(null);
  #filter = $state.raw<Filter>(WHOLE);
  #pages = 1;

  get filter(): Filter {
    return this.#filter;
  }

  /** Show another part; what was shown before is not it. */
  show(filter: Filter): void {
    if (isSameFilter(filter, this.#filter)) return;
    this.reset();
    this.#filter = filter;
  }

  reset(): void {
    this.#filter = WHOLE;
    this.items = this.selected = null;
    this.hasMore = false;
    this.#pages = 1;
  }

  /** As it is now; resolves to how many tickets have come in. */
  async refresh(): Promise<number> {
    const filter = this.#filter;
    const found: Ticket[] = [];
    let cursor: string | null = null;
    for (let page = 0; page === 0 || (cursor && page < this.#pages); page += 1) {
      const answer: { items: readonly Ticket[]; next_cursor: string | null } = await api.get("/queue", {
        query: { ...filter, limit: PAGE, cursor },
      });
      found.push(...answer.items);
      cursor = answer.next_cursor;
    }
    return filter === this.#filter ? this.#take(found, cursor !== null) : 0;
  }

  async more(): Promise<void> {
    this.#pages += 1;
    await this.refresh();
  }

  /** A ticket is another than the list has it; it goes if it does not belong here any more. */
  renew(ticket: Ticket): void {
    const others = (this.items ?? []).filter(({ number }) => number !== ticket.number);
    if (this.items === null || others.length === this.items.length) return;
    this.items = this.#holds(ticket) ? this.items.map((item) => (item.number === ticket.number ? ticket : item)) : others;
  }

  /** The ticket so many places further on. */
  neighbour(number: string | null, step: 1 | -1): Ticket | null {
    const items = this.items ?? [];
    const place = items.findIndex((item) => item.number === number);
    if (place < 0) return items[0] ?? null;
    return items[place + step] ?? null;
  }

  #take(found: readonly Ticket[], hasMore: boolean): number {
    const known = this.items && new Set(this.items.map(({ number }) => number));
    this.items = found;
    this.hasMore = hasMore;
    return known ? found.filter(({ number }) => !known.has(number)).length : 0;
  }

  #holds(ticket: Ticket): boolean {
    const { topic, assignee } = this.#filter;
    const wanted = assignee === "me" ? session.account?.id : assignee;
    const isOfAssignee = !wanted || (wanted === "none" ? ticket.assignee === null : ticket.assignee?.id === wanted);
    return ticket.response_due_at !== null && (!topic || ticket.topic === topic) && isOfAssignee;
  }
}

export const queue = new Queue();
