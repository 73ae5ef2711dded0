import { Problem } from "../../../shared/api/errors";
import { sendOnce, type OnceKey } from "../../../shared/api/once";
import type { SavedUpload } from "../../../shared/attachments/upload.svelte";
import type { Uploads } from "../../../shared/attachments/uploads.svelte";
import { Submission } from "../../../shared/state/submission.svelte";
import { kit } from "../../../shared/texts";

/** Something that is being written, with the key under which it is sent. */
interface KeyedDraft<Body> {
  once: OnceKey<Body>;
  save(uploads: readonly SavedUpload[]): void;
}

interface Parts<Body, Answer> {
  readonly draft: KeyedDraft<Body>;
  readonly uploads: Uploads;
  /** What is sent, from the draft as it is now. */
  body(): Body;
  /** What is wrong with the draft, by field. */
  check(): Record<string, string | undefined>;
  send(body: Body, key: string): Promise<Answer>;
  /** It was taken; `isEarlier` if that was an earlier text than the present one. */
  done(answer: Answer, isEarlier: boolean): void;
}

/** Sends a draft with its files: after they are checked, once, and for as long as it takes to reach the API. */
export class Sender<Body, Answer> {
  readonly submission = new Submission();
  /** There is no network at present. */
  isWaiting = $state(false);
  awaitsFiles = $state(false);
  /** It goes on with what was being sent when the page closed. */
  isResumed = $state(false);
  #giveUp = new AbortController();

  constructor(private readonly parts: Parts<Body, Answer>) {}

  get isBusy(): boolean {
    return this.awaitsFiles || this.submission.isBusy;
  }

  /** The same under the same key: what was taken before is not taken again. */
  async resume(): Promise<void> {
    const last = this.parts.draft.once.attempts.at(-1);
    if (!last) return;
    this.isResumed = true;
    await this.submission.run(() => this.#send(last));
    this.isResumed = false;
  }

  async submit(): Promise<void> {
    const { body, check, uploads } = this.parts;
    if (this.isBusy || !this.submission.check(check())) return;
    if (uploads.hasFailed) this.submission.mark("attachments", kit().attachments.withFailed);
    else if (uploads.isBusy) await this.#submitAfterFiles();
    else await this.submission.run(() => this.#send(body()));
  }

  /** Wait no more; whether it was taken shows when it is sent again. */
  stop(): void {
    this.#giveUp.abort();
  }

  async #submitAfterFiles(): Promise<void> {
    this.#giveUp = new AbortController();
    this.awaitsFiles = true;
    await this.parts.uploads.settled();
    this.awaitsFiles = false;
    if (!this.#giveUp.signal.aborted) await this.submit();
  }

  async #send(body: Body): Promise<void> {
    const { draft, uploads, send, done } = this.parts;
    const { signal } = (this.#giveUp = new AbortController());
    const keep = (once: OnceKey<Body>) => {
      draft.once = once;
      draft.save(uploads.saved);
    };
    const waiting = (isWaiting: boolean) => (this.isWaiting = isWaiting);
    try {
      const { answer, isEarlier } = await sendOnce(draft.once, body, { send, keep, waiting, signal });
      done(answer, isEarlier);
    } catch (error) {
      this.#loseFile(error);
      if (!signal.aborted) throw error;
    }
  }

  /** A file that the API cannot use any more is marked where it stands. */
  #loseFile(error: unknown): void {
    if (!(error instanceof Problem) || error.kind !== "attachment-state") return;
    const id = error.body["attachment_id"];
    if (typeof id === "string") this.parts.uploads.lose(id);
  }
}
