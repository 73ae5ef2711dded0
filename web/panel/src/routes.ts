/** The panel's pages. */
export const ROUTES = {
  home: "",
  signIn: "sign-in",
  register: "register",
  reset: "password-reset",
  tickets: "tickets",
  newTicket: "tickets/new",
  ticket: "tickets/:number",
  submitted: "tickets/:number/submitted",
  notifications: "notifications",
  account: "account",
} as const;

export type RouteName = keyof typeof ROUTES;

/** Those for people who are not signed in. */
export const ENTRIES: ReadonlySet<RouteName> = new Set(["signIn", "register", "reset"]);
