import type { Person, Ticket } from "../api";

/** Who was seen with a ticket: whose part of the queue can be looked at. */
class Colleagues {
  #seen = $state.raw<readonly Person[]>([]);

  meet(tickets: readonly Ticket[]): void {
    const known = new Set(this.#seen.map(({ id }) => id));
    const fresh = tickets.flatMap(({ assignee }) => (assignee && !known.has(assignee.id) ? [assignee] : []));
    const distinct = new Map(fresh.map((person) => [person.id, person]));
    if (distinct.size) this.#seen = [...this.#seen, ...distinct.values()];
  }

  /** By name, without this one. */
  without(id: string | undefined): readonly Person[] {
    const others = this.#seen.filter((person) => person.id !== id);
    return others.sort((one, other) => one.name.localeCompare(other.name, "fa"));
  }
}

export const colleagues = new Colleagues();
