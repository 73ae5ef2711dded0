import type { Form } from "./catalogue.svelte";

/** The desk's labels and limits as they are shipped, for an internal API that does not tell them. */
export const BUILT_IN: Form = {
  topics: [
    { name: "credit", label: { fa: "تسهیلات", en: "Credit facilities" }, hint: {} },
    { name: "documents", label: { fa: "نقص مدارک", en: "Incomplete documents" }, hint: {} },
    { name: "cheque_return", label: { fa: "عودت چک", en: "Cheque return" }, hint: {} },
    { name: "other", label: { fa: "متفرقه", en: "Miscellaneous" }, hint: {} },
  ],
  priorities: [
    { name: "low", label: { fa: "کم", en: "Low" }, first_response_hours: 16 },
    { name: "normal", label: { fa: "معمولی", en: "Normal" }, first_response_hours: 8 },
    { name: "high", label: { fa: "زیاد", en: "High" }, first_response_hours: 4 },
    { name: "urgent", label: { fa: "فوری", en: "Urgent" }, first_response_hours: 1 },
  ],
  statuses: [
    { name: "open", label: { fa: "در انتظار پاسخ ما", en: "Waiting for us" } },
    { name: "pending", label: { fa: "پاسخ داده شد", en: "Answered" } },
    { name: "resolved", label: { fa: "حل شد", en: "Resolved" } },
    { name: "closed", label: { fa: "بسته", en: "Closed" } },
  ],
  limits: {
    subject_length: 120,
    description_length: 5000,
    message_length: 5000,
    attachments_per_message: 5,
    attachment_bytes: 10 * 1024 * 1024,
    content_types: ["image/jpeg", "image/png", "image/webp", "application/pdf"],
  },
};
