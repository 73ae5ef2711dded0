/** What both APIs offer for attachments; each app brings its own client. */

export interface UploadForm {
  readonly id: string;
  readonly upload: { readonly url: string; readonly fields: Readonly<Record<string, string>> };
}

export interface AttachmentState {
  readonly id: string;
  readonly state: string;
  readonly has_thumbnail: boolean;
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

/** A file of a message that was sent; size in bytes. */
export interface Attached {
  readonly id: string;
  readonly filename: string;
  readonly content_type: string;
  readonly size: number;
  readonly has_thumbnail: boolean;
}

export type Variant = "original" | "thumbnail";

export interface Transport {
  /** Ask to upload a file. */
  request(file: { filename: string; content_type: string; size: number }): Promise<UploadForm>;
  state(id: string): Promise<AttachmentState>;
  /** Where the file can be seen or fetched. */
  address(id: string, variant: Variant): string;
}

export interface Limits {
  readonly attachments_per_message: number;
  readonly attachment_bytes: number;
  readonly content_types: readonly string[];
}
