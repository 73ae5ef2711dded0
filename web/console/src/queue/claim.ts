import { explain } from "../../../shared/api/explain";
import { Problem } from "../../../shared/api/errors";
import { api, type Person, type Ticket } from "../api";
import { notices } from "../shell/notices.svelte";
import { t } from "../texts";
import { isolated } from "../texts/bidi";
import { numberInText } from "../texts/numberInText";
import { queue } from "./queue.svelte";

/** Take a ticket, and tell how that went: who was faster is named. Resolves to the ticket as it stands now. */
export async function claim(ticket: Ticket): Promise<Ticket> {
  try {
    const claimed = await api.post("/tickets/{number}/claim", { path: { number: ticket.number } });
    queue.renew(claimed);
    notices.tell("good", t().queue.claimed(numberInText(ticket.number)));
    return claimed;
  } catch (error) {
    const winner = winnerIn(error);
    const lost = winner ? { ...ticket, assignee: winner } : ticket;
    queue.renew(lost);
    notices.tell("bad", winner ? t().queue.lost(numberInText(ticket.number), isolated(winner.name)) : explain(error));
    return lost;
  }
}

/** Who has the ticket, if that is why something was refused. */
export function winnerIn(error: unknown): Person | null {
  if (!(error instanceof Problem) || error.kind !== "claimed") return null;
  return (error.body["assignee"] as Person | undefined) ?? null;
}
