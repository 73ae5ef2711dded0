import { Submission } from "../../../shared/state/submission.svelte";
import { api, type Export } from "../api";
import type { Period } from "../days/period";

const PAUSE = 2_000;

/** A file of tickets on its way. */
export class ExportJob {
  state = $state<Export["state"] | null>(null);
  readonly asking = new Submission();
  #id = $state("");
  #hasEnded = false;

  /** Where the file is fetched, once it is there. */
  get address(): string {
    return api.address("/reports/exports/{export_id}", { path: { export_id: this.#id } });
  }

  /** Have it made, and look until it is there or has failed. */
  async begin(period: Period): Promise<void> {
    this.state = null;
    const isAsked = await this.asking.run(async () => {
      const asked = await api.post("/reports/exports", { body: period });
      this.#id = asked.id;
      this.state = asked.state;
    });
    if (isAsked) await this.asking.run(() => this.#follow());
  }

  end(): void {
    this.#hasEnded = true;
  }

  async #follow(): Promise<void> {
    while (this.state === "waiting" && !this.#hasEnded) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      this.state = await this.#look();
    }
  }

  /** Once the file is there the API leads to it, and says nothing more itself. */
  async #look(): Promise<Export["state"]> {
    const found: Export | undefined = await api.get("/reports/exports/{export_id}", { path: { export_id: this.#id } });
    return found?.state ?? "done";
  }
}
