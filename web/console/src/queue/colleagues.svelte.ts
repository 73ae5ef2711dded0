import { api, type Person, type StaffEntry, type Ticket } from "../api";
import { session } from "../session.svelte";

/** To whom tickets can be given: the directory where it may be read, and else whoever was seen with a ticket. */
class Colleagues {
  #directory = $state.raw<readonly StaffEntry[] | null>(null);
  #seen = $state.raw<readonly Person[]>([]);
  #hasAsked = false;

  get isDirectoryKnown(): boolean {
    return this.#directory !== null;
  }

  async load(): Promise<void> {
    if (this.#hasAsked || !session.isSupervisor) return;
    this.#hasAsked = true;
    this.#directory = await api.get("/staff").then(
      ({ items }) => items,
      () => null,
    );
  }

  /** Those who have these tickets exist. */
  meet(tickets: readonly Ticket[]): void {
    const known = new Set(this.#seen.map(({ id }) => id));
    const fresh = tickets.flatMap(({ assignee }) => (assignee && !known.has(assignee.id) ? [assignee] : []));
    const distinct = new Map(fresh.map((person) => [person.id, person]));
    if (distinct.size) this.#seen = [...this.#seen, ...distinct.values()];
  }

  /** By name; only those who work on the topic, if one is given and that is known. */
  list(topic?: string): readonly Person[] {
    const people = this.#directory?.filter((member) => member.enabled && (!topic || worksOn(member, topic))) ?? this.#seen;
    const me = session.account;
    const all = me && !people.some(({ id }) => id === me.id) ? [...people, me] : people;
    return [...all].sort((one, other) => one.name.localeCompare(other.name, "fa"));
  }
}

export const colleagues = new Colleagues();

function worksOn({ role, topics }: StaffEntry, topic: string): boolean {
  return role !== "agent" || topics.includes(topic);
}
