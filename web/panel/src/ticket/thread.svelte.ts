import { api, type Message, type Ticket } from "../api";

const PAGE = 20;

/** A ticket and what was said in it, oldest first. */
export class Thread {
  ticket = $state.raw<Ticket | null>(null);
  messages = $state.raw<readonly Message[]>([]);
  /** Where the messages before these begin. */
  earlierCursor = $state<string | null>(null);

  /** The answer that was new when the page opened. */
  freshAnswer = $state<string | null>(null);

  constructor(readonly number: string) {}

  /** The ticket as it is now; resolves to whether anything has changed. */
  async refresh(): Promise<boolean> {
    const { messages, ...ticket } = await api.get("/tickets/{number}", {
      path: { number: this.number },
      query: { limit: PAGE },
    });
    const isFirst = this.ticket === null;
    const hasChanged = ticket.last_activity_at !== this.ticket?.last_activity_at || ticket.status !== this.ticket.status;
    const newest = [...messages.items].reverse();
    const gap = this.#misses(newest);
    if (isFirst || gap) this.earlierCursor = messages.next_cursor;
    this.messages = gap ? newest : joined(this.messages, newest);
    this.ticket = ticket;
    if (isFirst && ticket.has_unread_answer) this.freshAnswer = lastAnswer(newest);
    await this.#markRead().catch(() => {});
    return hasChanged;
  }

  async earlier(): Promise<void> {
    const page = await api.get("/tickets/{number}/messages", {
      path: { number: this.number },
      query: { limit: PAGE, cursor: this.earlierCursor },
    });
    this.messages = joined([...page.items].reverse(), this.messages);
    this.earlierCursor = page.next_cursor;
  }

  /** A message was sent from here. */
  added(message: Message): void {
    this.messages = joined(this.messages, [message]);
  }

  async resolve(): Promise<void> {
    this.ticket = await api.post("/tickets/{number}/resolve", { path: { number: this.number } });
  }

  async rate(score: number, comment: string): Promise<void> {
    this.ticket = await api.post("/tickets/{number}/rating", { path: { number: this.number }, body: { score, comment } });
  }

  /** More has come than one page holds: what lies between is not here. */
  #misses(newest: readonly Message[]): boolean {
    const last = this.messages.at(-1);
    return last !== undefined && !newest.some(({ id }) => id <= last.id);
  }

  async #markRead(): Promise<void> {
    const last = this.messages.at(-1);
    if (!last || !this.ticket || document.hidden) return;
    if (!this.ticket.has_unread_answer) return;
    await api.post("/tickets/{number}/read", { path: { number: this.number }, body: { up_to: last.id } });
    this.ticket = { ...this.ticket, has_unread_answer: false };
  }
}

function lastAnswer(messages: readonly Message[]): string | null {
  return messages.filter(({ author }) => author.kind !== "customer").at(-1)?.id ?? null;
}

/** Both in order, each message once. */
function joined(first: readonly Message[], second: readonly Message[]): readonly Message[] {
  const known = new Set(first.map(({ id }) => id));
  return [...first, ...second.filter(({ id }) => !known.has(id))];
}
