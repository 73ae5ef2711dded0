import { poll } from "../../../shared/state/poll";
import { api, type Notification, type NotificationsRead } from "../api";

const PACE = { first: 10_000, most: 90_000 };
const PAGE = 20;
const SHOWN = 10_000;

/** The customer's notifications: the count at the bell follows the server's. */
class Inbox {
  items = $state.raw<readonly Notification[] | null>(null);
  unread = $state(0);
  cursor = $state<string | null>(null);
  /** What has come in while somebody looks, for a while. */
  fresh = $state.raw<Notification | null>(null);

  /** Look for new ones until told to stop; only what comes later is announced. */
  watch(): () => void {
    this.items = null;
    this.unread = 0;
    this.fresh = null;
    void this.refresh().catch(() => {});
    return poll(() => this.refresh(), PACE);
  }

  /** The newest page again; resolves to whether anything came. */
  async refresh(): Promise<boolean> {
    const page = await api.get("/notifications", { query: { limit: PAGE } });
    const known = this.items;
    const newest = page.items[0];
    this.unread = page.unread ?? 0;
    if (known && newest?.id === known[0]?.id) return false;
    this.items = page.items;
    this.cursor = page.next_cursor;
    if (known && newest && this.unread) this.#announce(newest);
    return true;
  }

  async more(): Promise<void> {
    const page = await api.get("/notifications", { query: { limit: PAGE, cursor: this.cursor } });
    this.items = [...(this.items ?? []), ...page.items];
    this.cursor = page.next_cursor;
  }

  /** All that is here was seen. */
  async markRead(): Promise<void> {
    const newest = this.items?.[0];
    if (!newest || !this.unread) return;
    await this.#mark({ up_to: newest.id }, (one) => one.id <= newest.id);
  }

  /** The ticket is on the page: what is told of it has been seen. */
  async markTicketRead(number: string): Promise<void> {
    const isAbout = (one: Notification) => one.ticket_number === number;
    if (this.fresh && isAbout(this.fresh)) this.dismiss();
    if (this.items?.some((one) => isAbout(one) && !one.is_read)) await this.#mark({ ticket_number: number }, isAbout);
  }

  dismiss(): void {
    this.fresh = null;
  }

  async #mark(body: NotificationsRead, isSeen: (one: Notification) => boolean): Promise<void> {
    const { unread } = await api.post("/notifications/read", { body });
    this.unread = unread;
    this.items = this.items?.map((one) => (isSeen(one) ? { ...one, is_read: true } : one)) ?? null;
  }

  #announce(notification: Notification): void {
    this.fresh = notification;
    setTimeout(() => {
      if (this.fresh?.id === notification.id) this.dismiss();
    }, SHOWN);
  }
}

export const inbox = new Inbox();
