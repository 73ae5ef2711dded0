import { isStale, newKey, type OnceKey } from "../../../shared/api/once";
import type { SavedUpload } from "../../../shared/attachments/upload.svelte";
import { forget, keep, kept } from "../../../shared/state/storage";
import type { NewTicket } from "../api";
import { draftsOf } from "../drafts";

/** Empty until it is chosen. */
type Chosen<Name> = Name | "";

interface SavedDraft {
  readonly topic: Chosen<NewTicket["topic"]>;
  readonly priority: Chosen<NewTicket["priority"]>;
  readonly subject: string;
  readonly description: string;
  readonly refersTo: string | null;
  readonly uploads: readonly SavedUpload[];
  readonly once: OnceKey<NewTicket>;
}

/** A ticket that is being written: kept on the device, together with the key under which it is sent. */
export class TicketDraft {
  topic = $state<Chosen<NewTicket["topic"]>>("");
  priority = $state<Chosen<NewTicket["priority"]>>("");
  subject = $state("");
  description = $state("");
  refersTo = $state<string | null>(null);
  once = $state.raw<OnceKey<NewTicket>>(newKey());
  /** It was sent before, too long ago for the key to protect from a second one. */
  wasSentLongAgo = $state(false);
  readonly savedUploads: readonly SavedUpload[];
  readonly #place: string;

  constructor(accountId: string) {
    this.#place = `${draftsOf(accountId)}ticket`;
    const saved = kept<SavedDraft>(localStorage, this.#place);
    this.savedUploads = saved?.uploads ?? [];
    if (saved) this.#restore(saved);
  }

  get isEmpty(): boolean {
    return !this.topic && !this.priority && !this.subject.trim() && !this.description.trim();
  }

  /** It was being sent when the page closed. */
  get isInDoubt(): boolean {
    return this.once.attempts.length > 0;
  }

  save(uploads: readonly SavedUpload[]): void {
    const { topic, priority, subject, description, refersTo, once } = this;
    if (this.isEmpty && uploads.length === 0) forget(localStorage, this.#place);
    else keep(localStorage, this.#place, { topic, priority, subject, description, refersTo, uploads, once } satisfies SavedDraft);
  }

  /** Sent or thrown away: the next ticket is another one. */
  clear(): void {
    this.topic = this.priority = "";
    this.subject = this.description = "";
    this.refersTo = null;
    this.once = newKey();
    forget(localStorage, this.#place);
  }

  /** What is sent, once `checkDraft` finds nothing wrong. */
  body(attachments: string[]): NewTicket {
    const { subject, description, refersTo } = this;
    const topic = this.topic as NewTicket["topic"];
    const priority = this.priority as NewTicket["priority"];
    return { topic, priority, subject, description, attachments, refers_to: refersTo };
  }

  #restore(saved: SavedDraft): void {
    this.topic = saved.topic;
    this.priority = saved.priority;
    this.subject = saved.subject;
    this.description = saved.description;
    this.refersTo = saved.refersTo;
    this.wasSentLongAgo = isStale(saved.once);
    if (!this.wasSentLongAgo) this.once = saved.once;
  }
}
