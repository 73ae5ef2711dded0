import { explain } from "../api/explain";
import { Problem, Unreachable } from "../api/errors";
import { kit } from "../texts";
import { sendFile } from "./send";
import type { AttachmentState, Limits, Transport } from "./transport";

/** How far a file is, as its owner sees it. */
export type Stage = "preparing" | "uploading" | "checking" | "ready" | "refused" | "failed";

/** What a draft remembers of a file. */
export interface SavedUpload {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

const FIRST_LOOK = 600;
const RAREST_LOOK = 4_000;
const LOOKED_FOR = 6 * 60 * 1000;
const PASSING_REFUSALS = new Set(["check_timeout"]);

/** One file on its way: asked for, posted to the store, checked there. */
export class Upload {
  stage = $state<Stage>("preparing");
  /** From 0 to 1. */
  progress = $state(0);
  /** What was wrong, and what to do. */
  problem = $state("");
  canRetry = $state(false);
  preview = $state<string | null>(null);
  id = $state<string | null>(null);
  readonly key = crypto.randomUUID();
  /** Settles when it is through all stages, whatever came of it. */
  running: Promise<void> = Promise.resolve();
  #ending = new AbortController();

  constructor(
    private readonly transport: Transport,
    readonly name: string,
    readonly type: string,
    readonly size: number,
    private readonly file: File | null,
  ) {
    if (file?.type.startsWith("image/")) this.preview = URL.createObjectURL(file);
  }

  /** A file that was chosen here. */
  static of(transport: Transport, file: File): Upload {
    return new Upload(transport, file.name, file.type, file.size, file);
  }

  /** A file that a draft remembers. */
  static restored(transport: Transport, saved: SavedUpload): Upload {
    const upload = new Upload(transport, saved.name, saved.type, saved.size, null);
    upload.id = saved.id;
    upload.stage = "checking";
    return upload;
  }

  get saved(): SavedUpload | null {
    if (!this.id || (this.stage !== "checking" && this.stage !== "ready")) return null;
    return { id: this.id, name: this.name, type: this.type, size: this.size };
  }

  /** What is known to be wrong with the file without asking. */
  refuseUnfit(limits: Limits): boolean {
    const reason = !limits.content_types.includes(this.type)
      ? "wrong_type"
      : this.size === 0
        ? "empty"
        : this.size > limits.attachment_bytes
          ? "too_large"
          : null;
    if (reason) this.#refuse({ code: reason, message: "" });
    return reason !== null;
  }

  /** Go through all stages, once more if need be. */
  run(): void {
    this.running = this.#go();
  }

  /** Nobody wants it any more. */
  end(): void {
    this.#ending.abort();
    if (this.preview?.startsWith("blob:")) URL.revokeObjectURL(this.preview);
  }

  /** The API says that it cannot be used. */
  lose(): void {
    this.stage = "failed";
    this.canRetry = this.file !== null;
    this.problem = this.file ? kit().attachments.failed : kit().attachments.lost;
  }

  /** Never throws: what goes wrong is told beside the file. */
  async #go(): Promise<void> {
    this.#ending = new AbortController();
    this.problem = "";
    try {
      if (this.file) await this.#upload(this.file);
      this.stage = "checking";
      await this.#untilChecked();
    } catch (error) {
      if (!this.#ending.signal.aborted) this.#fail(error);
    }
  }

  async #upload(file: File): Promise<void> {
    this.stage = "preparing";
    this.progress = 0;
    this.id = null;
    const form = await this.transport.request({ filename: this.name, content_type: this.type, size: this.size });
    this.stage = "uploading";
    await sendFile(form, file, (part) => (this.progress = part), this.#ending.signal);
    this.id = form.id;
  }

  async #untilChecked(): Promise<void> {
    const id = this.id;
    const until = Date.now() + LOOKED_FOR;
    for (let pause = FIRST_LOOK; id && Date.now() < until; pause = Math.min(pause * 1.4, RAREST_LOOK)) {
      const found = await this.#look(id);
      if (this.#ending.signal.aborted || (found && this.#settle(found))) return;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    this.#refuse({ code: "check_timeout", message: "" });
  }

  /** Without a network the check goes on all the same: look again later. */
  async #look(id: string): Promise<AttachmentState | null> {
    try {
      return await this.transport.state(id);
    } catch (error) {
      if (error instanceof Unreachable) return null;
      throw error;
    }
  }

  #settle(found: AttachmentState): boolean {
    if (found.state === "clean") {
      this.stage = "ready";
      if (found.has_thumbnail) this.preview ??= this.transport.address(found.id, "thumbnail");
    } else if (found.state === "refused") {
      this.#refuse(found.refusal ?? { code: "", message: "" });
    } else if (found.state === "linked" || (found.state === "awaiting_upload" && !this.file)) {
      this.lose();
    } else {
      return false;
    }
    return true;
  }

  #refuse({ code, message }: { code: string; message: string }): void {
    this.stage = "refused";
    this.canRetry = PASSING_REFUSALS.has(code) && this.file !== null;
    this.problem = kit().attachments.reasons[code] ?? (message || kit().attachments.refused);
  }

  #fail(error: unknown): void {
    if (error instanceof Problem && error.status === 404) return this.lose();
    const [reason] = error instanceof Problem ? Object.values(error.fields) : [];
    this.stage = "failed";
    this.canRetry = this.file !== null;
    this.problem = error instanceof Problem ? (reason ?? explain(error)) : kit().attachments.failed;
  }
}
