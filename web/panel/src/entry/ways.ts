import type { RouteName } from "../routes";

/** The ways into the panel. */
export type Way = "sign-in" | "register" | "reset";

export const WAY_OF: Partial<Record<RouteName, Way>> = { signIn: "sign-in", register: "register", reset: "reset" };
export const PATH_OF: Record<Way, string> = { "sign-in": "sign-in", register: "register", reset: "password-reset" };
