import { isStale, newKey, type OnceKey } from "../../../shared/api/once";
import type { SavedUpload } from "../../../shared/attachments/upload.svelte";
import { forget, keep, kept } from "../../../shared/state/storage";
import type { NewMessage } from "../api";
import { draftsOf } from "../drafts";

interface SavedReply {
  readonly body: string;
  readonly uploads: readonly SavedUpload[];
  readonly once: OnceKey<NewMessage>;
}

/** A message that is being written: kept on the device, together with the key under which it is sent. */
export class ReplyDraft {
  body = $state("");
  once = $state.raw<OnceKey<NewMessage>>(newKey());
  readonly savedUploads: readonly SavedUpload[];
  readonly #place: string;

  constructor(accountId: string, number: string) {
    this.#place = `${draftsOf(accountId)}reply:${number}`;
    const saved = kept<SavedReply>(localStorage, this.#place);
    this.body = saved?.body ?? "";
    this.savedUploads = saved?.uploads ?? [];
    if (saved && !isStale(saved.once)) this.once = saved.once;
  }

  save(uploads: readonly SavedUpload[]): void {
    const { body, once } = this;
    if (!body.trim() && uploads.length === 0) forget(localStorage, this.#place);
    else keep(localStorage, this.#place, { body, uploads, once } satisfies SavedReply);
  }

  clear(): void {
    this.body = "";
    this.once = newKey();
    forget(localStorage, this.#place);
  }
}
