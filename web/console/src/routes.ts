/** The console's pages. */
export const ROUTES = {
  queue: "",
  signIn: "sign-in",
  invitation: "invitations/:token",
  passwordReset: "password-resets/:token",
  ticket: "tickets/:number",
  customers: "customers",
  customer: "customers/:id",
  canned: "canned-replies",
  reports: "reports",
  staff: "staff",
  audit: "audit",
  webhooks: "webhooks",
  account: "account",
} as const;

export type RouteName = keyof typeof ROUTES;
