/** Whether the network is there: what the browser says, corrected by how the last call went. */
class Connection {
  #hasNetwork = $state(navigator.onLine);
  #isReached = $state(true);

  constructor() {
    window.addEventListener("online", () => this.#change(true));
    window.addEventListener("offline", () => this.#change(false));
  }

  get isOnline(): boolean {
    return this.#hasNetwork && this.#isReached;
  }

  reached(isReached: boolean): void {
    this.#isReached = isReached;
  }

  #change(hasNetwork: boolean): void {
    this.#hasNetwork = hasNetwork;
    this.#isReached = true;
  }
}

export const connection = new Connection();
