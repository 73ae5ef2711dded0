import { SignedIn } from "../../shared/state/signedIn.svelte";
import type { Account, Topic } from "./api";

/** The member of staff at this desk. */
class StaffSession extends SignedIn<Account> {
  /** Whether tickets may be given to others. */
  get isSupervisor(): boolean {
    return this.account !== null && this.account.role !== "agent";
  }

  get isAdmin(): boolean {
    return this.account?.role === "admin";
  }

  /** Whether tickets of this topic are shown to the account; supervisors and administrators see all. */
  sees(topic: Topic): boolean {
    return this.isSupervisor || Boolean(this.account?.topics.includes(topic));
  }
}

export const session = new StaffSession();
