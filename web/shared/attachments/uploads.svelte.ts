import type { Limits, Transport } from "./transport";
import { Upload, type SavedUpload } from "./upload.svelte";

/** The files of one message. */
export class Uploads {
  items = $state.raw<readonly Upload[]>([]);
  /** More files were given than a message takes. */
  isFull = $state(false);

  constructor(
    private readonly transport: Transport,
    readonly limits: Limits,
  ) {}

  get isBusy(): boolean {
    return this.items.some(({ stage }) => stage === "preparing" || stage === "uploading" || stage === "checking");
  }

  get hasFailed(): boolean {
    return this.items.some(({ stage }) => stage === "refused" || stage === "failed");
  }

  /** Ids of those that a message can take. */
  get ready(): string[] {
    return this.items.flatMap(({ id, stage }) => (id && stage === "ready" ? [id] : []));
  }

  get saved(): SavedUpload[] {
    return this.items.flatMap(({ saved }) => saved ?? []);
  }

  add(files: Iterable<File>): void {
    const given = [...files];
    const taken = given.slice(0, this.limits.attachments_per_message - this.items.length);
    this.isFull = taken.length < given.length;
    const uploads = taken.map((file) => Upload.of(this.transport, file));
    this.items = [...this.items, ...uploads];
    for (const upload of uploads) if (!upload.refuseUnfit(this.limits)) upload.run();
  }

  restore(saved: readonly SavedUpload[]): void {
    const uploads = saved.map((one) => Upload.restored(this.transport, one));
    this.items = [...this.items, ...uploads];
    for (const upload of uploads) upload.run();
  }

  remove(upload: Upload): void {
    upload.end();
    this.isFull = false;
    this.items = this.items.filter((item) => item !== upload);
  }

  /** Resolves when none of them is on its way any more. */
  async settled(): Promise<void> {
    while (this.isBusy) await Promise.all(this.items.map(({ running }) => running));
  }

  /** The network is back: what failed for want of it goes on by itself. */
  retryFailed(): void {
    for (const upload of this.items) if (upload.stage === "failed" && upload.canRetry) upload.run();
  }

  /** One of them cannot be used any more. */
  lose(id: string): void {
    this.items.find((upload) => upload.id === id)?.lose();
  }

  clear(): void {
    for (const upload of this.items) upload.end();
    this.items = [];
    this.isFull = false;
  }
}
