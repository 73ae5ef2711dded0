import { isStale, newKey, type OnceKey } from "../../../shared/api/once";
import type { SavedUpload } from "../../../shared/attachments/upload.svelte";
import { forget, keep, kept } from "../../../shared/state/storage";
import type { NewReply } from "../api";
import { draftsOf } from "../drafts";

interface Saved {
  readonly body: string;
  readonly basedOn: string | null;
  readonly uploads: readonly SavedUpload[];
  readonly once: OnceKey<NewReply>;
}

/** A text that is being written: kept on the device, with the key under which it is sent. */
export class Draft {
  body = $state("");
  /** The newest message that its writer had seen. */
  basedOn = $state<string | null>(null);
  once = $state.raw<OnceKey<NewReply>>(newKey());
  readonly savedUploads: readonly SavedUpload[];
  readonly #place: string;

  constructor(accountId: string, visibility: string, number: string) {
    this.#place = `${draftsOf(accountId)}${visibility}:${number}`;
    const saved = kept<Saved>(localStorage, this.#place);
    this.body = saved?.body ?? "";
    this.basedOn = saved?.basedOn ?? null;
    this.savedUploads = saved?.uploads ?? [];
    if (saved && !isStale(saved.once)) this.once = saved.once;
  }

  save(uploads: readonly SavedUpload[]): void {
    const { body, basedOn, once } = this;
    if (!body.trim() && uploads.length === 0) forget(localStorage, this.#place);
    else keep(localStorage, this.#place, { body, basedOn, uploads, once } satisfies Saved);
  }

  clear(): void {
    this.body = "";
    this.basedOn = null;
    this.once = newKey();
    forget(localStorage, this.#place);
  }
}
