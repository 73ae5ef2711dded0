import type { Transport } from "../../shared/attachments/transport";
import { api } from "./api";

/** Attachments by the internal API. */
export const transport: Transport = {
  request: (file) => api.post("/attachments", { body: file }),
  state: (id) => api.get("/attachments/{attachment_id}", { path: { attachment_id: id } }),
  address: (id, variant) => api.address("/attachments/{attachment_id}/download", { path: { attachment_id: id }, query: { variant } }),
};
