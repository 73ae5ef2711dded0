import { api, type Message, type Patch, type Person, type Ticket } from "../api";
import { queue } from "../queue/queue.svelte";

const PAGE = 50;

type Said = Omit<Message, "visibility">;

/** A ticket and its timeline, oldest first. */
export class Thread {
  ticket = $state.raw<Ticket | null>(null);
  messages = $state.raw<readonly Message[]>([]);
  /** Where the messages before these begin. */
  earlierCursor = $state<string | null>(null);

  constructor(readonly number: string) {}

  /** Id of the newest message that both sides see. */
  get lastPublicId(): string | null {
    const both = this.messages.filter(({ visibility }) => visibility === "public");
    return both.at(-1)?.id ?? this.ticket?.last_message_id ?? null;
  }

  /** The ticket as it is now; resolves to whether anything has changed. */
  async refresh(): Promise<boolean> {
    const { messages, ...ticket } = await api.get("/tickets/{number}", { path: { number: this.number }, query: { limit: PAGE } });
    const newest = [...messages.items].reverse();
    const hasChanged = JSON.stringify(ticket) !== JSON.stringify(this.ticket) || newest.at(-1)?.id !== this.messages.at(-1)?.id;
    const isApart = this.#misses(newest);
    if (this.ticket === null || isApart) this.earlierCursor = messages.next_cursor;
    this.messages = isApart ? newest : joined(this.messages, newest);
    if (hasChanged) this.renew(ticket);
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

  /** Something was written here. */
  added(message: Message): void {
    this.messages = joined(this.messages, [message]);
  }

  /** What the API says came in before a reply; both sides see it. */
  cameIn(messages: readonly Said[]): void {
    this.messages = joined(this.messages, messages.map((message) => ({ ...message, visibility: "public" })));
  }

  renew(ticket: Ticket): void {
    this.ticket = ticket;
    queue.renew(ticket);
  }

  async release(): Promise<void> {
    this.renew(await api.post("/tickets/{number}/release", { path: { number: this.number } }));
  }

  /** Whom the ticket may be given to. */
  async assignees(): Promise<readonly Person[]> {
    return (await api.get("/tickets/{number}/assignees", { path: { number: this.number } })).items;
  }

  async assign(agentId: string): Promise<void> {
    this.renew(await api.post("/tickets/{number}/assign", { path: { number: this.number }, body: { agent_id: agentId } }));
  }

  async change(patch: Patch): Promise<Ticket> {
    const changed = await api.patch("/tickets/{number}", { path: { number: this.number }, body: patch });
    this.renew(changed);
    return changed;
  }

  /** More has come than one page holds: what lies between is not here. */
  #misses(newest: readonly Message[]): boolean {
    const last = this.messages.at(-1);
    return last !== undefined && !newest.some(({ id }) => id <= last.id);
  }
}

/** Both in the order of their ids, each message once. */
function joined(first: readonly Message[], second: readonly Message[]): readonly Message[] {
  const known = new Set(first.map(({ id }) => id));
  const fresh = second.filter(({ id }) => !known.has(id));
  if (fresh.length === 0) return first;
  return [...first, ...fresh].sort((one, other) => (one.id < other.id ? -1 : 1));
}
