import { api, type CustomerCard } from "../api";

type Page = CustomerCard["tickets"];

/** How a customer is looked up. */
export type Key = { readonly id: string } | { readonly phone: string };

export function findCustomer(key: Key): Promise<CustomerCard> {
  if ("phone" in key) return api.get("/customers", { query: { phone: key.phone } });
  return api.get("/customers/{customer_id}", { path: { customer_id: key.id } });
}

/** The customer's tickets behind those of a page. */
export async function moreTickets(id: string, cursor: string): Promise<Page> {
  const { tickets } = await api.get("/customers/{customer_id}", { path: { customer_id: id }, query: { cursor } });
  return tickets;
}
