import { router } from "../../../shared/routing/router.svelte";
import { forget } from "../../../shared/state/storage";
import { api } from "../api";
import { draftsOf } from "../drafts";
import { session } from "../session.svelte";

/** End the session here; drafts of this person do not stay on a computer that others may use. */
export async function signOut(): Promise<void> {
  await api.delete("/sessions/current", { anonymous: true }).catch(() => {});
  if (session.account) forget(localStorage, draftsOf(session.account.id));
  router.go("", { replace: true });
  session.leave();
}
