import { SignedIn } from "../../shared/state/signedIn.svelte";
import type { Account } from "./api";

/** The customer in this panel. */
export const session = new SignedIn<Account>();
