import { api, type AuditEntry } from "../api";

/** Which part of the trail is shown, as it stands in the address; local days, both included. */
export interface Filter {
  readonly actor: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

const PAGE = 50;

export function filterIn(query: URLSearchParams): Filter {
  return { actor: query.get("actor"), from: query.get("from"), to: query.get("to") };
}

/** The address of the trail with this filter. */
export function addressOf(filter: Filter): string {
  const chosen = Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return chosen.length ? `audit?${new URLSearchParams(chosen).toString()}` : "audit";
}

/** Who did what, page by page, newest first. */
export class Trail {
  items = $state.raw<readonly AuditEntry[] | null>(null);
  cursor = $state<string | null>(null);

  constructor(private readonly filter: Filter) {}

  async load(): Promise<void> {
    this.items = null;
    await this.more();
  }

  async more(): Promise<void> {
    const page = await api.get("/audit", { query: { ...this.filter, limit: PAGE, cursor: this.cursor } });
    this.items = [...(this.items ?? []), ...page.items];
    this.cursor = page.next_cursor;
  }
}
