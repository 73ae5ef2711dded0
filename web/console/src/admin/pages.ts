/** The pages that administrators alone see, by name and path. */
export const ADMIN_PAGES = ["staff", "audit", "webhooks"] as const;

export type AdminPage = (typeof ADMIN_PAGES)[number];
