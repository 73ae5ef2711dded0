/** What a call can end in besides its answer. */

interface ProblemBody {
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[] | null;
  readonly retry_after?: number;
}

/** The API refused (RFC 9457); its texts are in the language of the page already. */
export class Problem extends Error {
  override readonly name = "Problem";
  /** The last part of the type: `ticket-closed`. */
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  /** What is wrong by field, as it was sent. */
  readonly fields: Readonly<Record<string, string>>;
  readonly retryAfter: number | null;

  constructor(
    readonly status: number,
    /** All members, those beyond the standard ones too. */
    readonly body: ProblemBody & Readonly<Record<string, unknown>>,
  ) {
    super(body.title ?? `HTTP ${status}`);
    this.kind = body.type?.split(":").at(-1) ?? "";
    this.title = body.title ?? "";
    this.detail = body.detail ?? "";
    this.fields = Object.fromEntries((body.errors ?? []).map(({ field, message }) => [field, message]));
    this.retryAfter = body.retry_after ?? null;
  }
}

/** No answer came: no network, a time-out, or something between us and the API. Whether it was done is not known. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** Whether the same call may succeed later, without anybody changing anything. */
export function isPassing(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof Problem && [502, 503, 504].includes(error.status));
}
