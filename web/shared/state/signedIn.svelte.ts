type State = "unknown" | "out" | "in" | "ended";

/** Who is signed in. When a session ends in mid-work, calls wait here until the same person is back. */
export class SignedIn<Account extends { readonly id: string }> {
  #state = $state<State>("unknown");
  #account = $state.raw<Account | null>(null);
  #waiting: ((isSamePerson: boolean) => void)[] = [];
  #focused: Element | null = null;

  get state(): State {
    return this.#state;
  }

  get account(): Account | null {
    return this.#account;
  }

  /** Somebody signed in, perhaps the one whose session had ended. */
  begin(account: Account): void {
    const isSamePerson = this.#account === null || this.#account.id === account.id;
    this.#account = account;
    this.#state = "in";
    this.#settle(isSamePerson);
  }

  /** There is no session, or it was ended on purpose. */
  leave(): void {
    this.#account = null;
    this.#state = "out";
    this.#settle(false);
  }

  /** The profile has changed. */
  renew(account: Account): void {
    this.#account = account;
  }

  /** The API knows the session no more: ask for signing in, in place, and tell whether to go on. */
  signInAgain(): Promise<boolean> {
    if (this.#account === null) return Promise.resolve(false);
    if (this.#state !== "ended") this.#focused = document.activeElement;
    this.#state = "ended";
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #settle(isSamePerson: boolean): void {
    for (const resolve of this.#waiting.splice(0)) resolve(isSamePerson);
    const focused = this.#focused;
    this.#focused = null;
    if (focused instanceof HTMLElement) setTimeout(() => focused.focus());
  }
}
