import { Problem } from "../../shared/api/errors";
import type { Uploads } from "../../shared/attachments/uploads.svelte";

/** A file that the API cannot use any more is marked where it stands. */
export function sendingErrors(error: unknown, uploads: Uploads): void {
  if (!(error instanceof Problem) || error.kind !== "attachment-state") return;
  const id = error.body["attachment_id"];
  if (typeof id === "string") uploads.lose(id);
}
