type Kind = "good" | "bad";

interface Notice {
  readonly id: number;
  readonly kind: Kind;
  readonly text: string;
}

const SHOWN = 6000;
const MOST = 3;

/** What has just happened, told at the edge of the page: good news goes by itself, the rest stays until it is closed. */
class Notices {
  items = $state.raw<readonly Notice[]>([]);
  #last = 0;

  tell(kind: Kind, text: string): void {
    const notice = { id: (this.#last += 1), kind, text };
    this.items = [...this.items.filter((other) => other.text !== text), notice].slice(-MOST);
    if (kind === "good") setTimeout(() => this.dismiss(notice.id), SHOWN);
  }

  dismiss(id: number): void {
    this.items = this.items.filter((notice) => notice.id !== id);
  }
}

export const notices = new Notices();
