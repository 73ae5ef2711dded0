import { Api } from "../../shared/api/client";
import type { components, paths } from "../../shared/api/public";
import { language } from "../../shared/i18n/language.svelte";
import { connection } from "../../shared/state/connection.svelte";
import { session } from "./session.svelte";

type Schemas = components["schemas"];
export type Account = Schemas["Account"];
export type Profile = Schemas["Profile"];
export type Ticket = Schemas["TicketView"];
export type Message = Schemas["MessageView"];
export type Notification = Schemas["NotificationView"];
export type NotificationsRead = Schemas["NotificationsRead"];
export type Form = Schemas["Form"];
export type NewTicket = Schemas["NewTicket"];
export type NewMessage = Schemas["NewMessage"];

/** The public API. */
export const api = new Api<paths>(new URL("api/v1/", document.baseURI), {
  language: () => language.current,
  signInAgain: () => session.signInAgain(),
  reached: (isReached) => connection.reached(isReached),
});
