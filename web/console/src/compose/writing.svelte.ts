import { Problem } from "../../../shared/api/errors";
import { sendOnce } from "../../../shared/api/once";
import { Uploads } from "../../../shared/attachments/uploads.svelte";
import { Submission } from "../../../shared/state/submission.svelte";
import { kit } from "../../../shared/texts";
import { api, type Form, type Message, type NewReply } from "../api";
import { transport } from "../attachments";
import { winnerIn } from "../queue/claim";
import { session } from "../session.svelte";
import { t } from "../texts";
import type { Thread } from "../ticket/thread.svelte";
import { Draft } from "./draft.svelte";

export type Visibility = "public" | "internal";

/** A reply or a note on its way from the first letter until it is stored. */
export class Writing {
  readonly draft: Draft;
  readonly uploads: Uploads;
  readonly submission = new Submission();
  /** No network at present: it goes out by itself when there is one. */
  isWaiting = $state(false);
  /** It goes out by itself as soon as its files are checked. */
  awaitsFiles = $state(false);
  /** What was stored is an earlier version than the text that stands here. */
  wasSentBefore = $state(false);
  #giveUp = new AbortController();

  constructor(
    readonly thread: Thread,
    readonly visibility: Visibility,
    private readonly limits: Form["limits"],
  ) {
    this.draft = new Draft(session.account?.id ?? "", visibility, thread.number);
    this.uploads = new Uploads(transport, limits);
  }

  get body(): string {
    return this.draft.body;
  }

  /** With its first letter a reply is based on what its writer sees then. */
  set body(text: string) {
    this.draft.body = text;
    if (!text.trim()) this.draft.basedOn = null;
    else this.draft.basedOn ??= this.thread.lastPublicId;
  }

  get isEmpty(): boolean {
    return !this.body.trim() && this.uploads.items.length === 0;
  }

  get isOnItsWay(): boolean {
    return this.submission.isBusy || this.awaitsFiles;
  }

  get isTooLong(): boolean {
    return this.body.trim().length > this.limits.message_length;
  }

  /** What came in since the reply was begun, and its writer has not said that he has seen it. */
  get newer(): readonly Message[] {
    const { basedOn } = this.draft;
    if (this.visibility === "internal" || basedOn === null || this.submission.isBusy) return [];
    return this.thread.messages.filter(({ id, visibility }) => visibility === "public" && id > basedOn);
  }

  /** The writer has seen what came in. */
  acknowledge(): void {
    this.draft.basedOn = this.thread.lastPublicId;
    this.submission.clear();
  }

  save(): void {
    this.draft.save(this.uploads.saved);
  }

  /** Go on with what a reload interrupted. Returns what ends it. */
  resume(): () => void {
    this.uploads.restore(this.draft.savedUploads);
    const last = this.draft.once.attempts.at(-1);
    if (last) void this.submission.run(() => this.#send(last));
    return () => {
      this.stop();
      this.uploads.clear();
    };
  }

  stop(): void {
    this.#giveUp.abort();
  }

  /** Check and send; resolves to whether it was stored. */
  async submit(resolve: boolean): Promise<boolean> {
    if (this.isOnItsWay || this.newer.length || !this.#isFit()) return false;
    if (this.uploads.isBusy && !(await this.#areFilesFit())) return false;
    return (await this.submission.run(() => this.#send(this.#reply(resolve)))) && !this.wasSentBefore;
  }

  /** When the files are checked: whether all of them can go along, and the text is wanted still. */
  async #areFilesFit(): Promise<boolean> {
    const giveUp = (this.#giveUp = new AbortController());
    this.awaitsFiles = true;
    await this.uploads.settled();
    this.awaitsFiles = false;
    return !giveUp.signal.aborted && this.#isFit();
  }

  #isFit(): boolean {
    const { submission } = this;
    const wrong = !this.body.trim() ? t().invalid.required : this.isTooLong ? t().invalid.tooLong : undefined;
    if (!submission.check({ body: wrong })) return false;
    if (this.uploads.hasFailed) submission.mark("attachments", kit().attachments.withFailed);
    return !this.uploads.hasFailed;
  }

  #reply(resolve: boolean): NewReply {
    const isPublic = this.visibility === "public";
    return {
      body: this.body,
      visibility: this.visibility,
      based_on: isPublic ? (this.draft.basedOn ?? this.thread.lastPublicId) : null,
      attachments: this.uploads.ready,
      resolve: isPublic && resolve,
    };
  }

  async #send(reply: NewReply): Promise<void> {
    this.#giveUp = new AbortController();
    this.wasSentBefore = false;
    const { number } = this.thread;
    try {
      const { answer, isEarlier } = await sendOnce(this.draft.once, reply, {
        send: (body, key) => api.post("/tickets/{number}/messages", { path: { number }, body, header: { "idempotency-key": key } }),
        keep: (once) => {
          this.draft.once = once;
          this.save();
        },
        waiting: (isNow) => (this.isWaiting = isNow),
        signal: this.#giveUp.signal,
      });
      this.#finish(answer, isEarlier);
    } catch (error) {
      this.#learn(error);
      if (!this.#giveUp.signal.aborted) throw error;
    }
  }

  /** If an earlier text was taken, the present one stays, to be sent under a key of its own. */
  #finish(message: Message, isEarlier: boolean): void {
    const text = this.body;
    this.draft.clear();
    this.thread.added(message);
    if (isEarlier) this.body = text;
    else this.uploads.clear();
    this.wasSentBefore = isEarlier;
    void this.thread.refresh().catch(() => {});
  }

  /** What a refusal tells of the ticket and of the files. */
  #learn(error: unknown): void {
    if (!(error instanceof Problem)) return;
    const id = error.body["attachment_id"];
    if (error.kind === "attachment-state" && typeof id === "string") this.uploads.lose(id);
    if (error.kind === "stale-reply") this.thread.cameIn(error.body["newer"] as readonly Message[]);
    const winner = winnerIn(error);
    if (winner && this.thread.ticket) this.thread.renew({ ...this.thread.ticket, assignee: winner });
    if (error.status === 409) void this.thread.refresh().catch(() => {});
  }
}
