import { api, type CustomerCard } from "../api";

type Page = CustomerCard["tickets"];

/** How a customer is looked up. */
export type Key = { readonly id: string } | { readonly phone: string };

export function customerById(id: string): Promise<CustomerCard> {
  return api.get("/customers/{customer_id}", { path: { customer_id: id } });
}

export function customerBy(key: Key): Promise<CustomerCard> {
  return "id" in key ? customerById(key.id) : api.get("/customers", { query: { phone: key.phone } });
}

/** The customer's tickets behind those of a page. */
export async function moreTickets({ phone }: CustomerCard, cursor: string): Promise<Page> {
  const { tickets } = await api.get("/customers", { query: { phone, cursor } });
  return tickets;
}
