import { plainGroupedNumber } from "../../../shared/i18n/ticketNumber";
import type { Ticket } from "../api";
import { leftToRight } from "../texts/bidi";

/** What a canned reply may name, to be filled in when it is used. */
export const PLACEHOLDERS = ["customer_name", "ticket_number", "agent_name"] as const;

type Values = Readonly<Record<(typeof PLACEHOLDERS)[number], string>>;

export function valuesFor(ticket: Ticket, agentName: string): Values {
  return {
    customer_name: ticket.customer.name,
    ticket_number: leftToRight(plainGroupedNumber(ticket.number)),
    agent_name: agentName,
  };
}

/** The text with its placeholders filled in; what is none stays as it is written. */
export function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? values[name as keyof Values] : whole));
}
