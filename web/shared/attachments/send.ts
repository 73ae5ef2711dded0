import { Unreachable } from "../api/errors";
import type { UploadForm } from "./transport";

/** The store did not take the file: the permission has run out, or the file is not what was announced. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

/** Post the file to the store with the form it was given; `fetch` could not tell how far it is. */
export function sendFile(form: UploadForm, file: File, progress: (part: number) => void, signal: AbortSignal): Promise<void> {
  const body = new FormData();
  for (const [name, value] of Object.entries(form.upload.fields)) body.append(name, value);
  body.append("file", file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onload = () => (request.status < 300 ? resolve() : reject(new StoreError(`HTTP ${request.status}`)));
    request.onerror = () => reject(new Unreachable("upload"));
    request.onabort = () => reject(new DOMException("removed", "AbortError"));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.open("POST", form.upload.url);
    request.send(body);
  });
}
