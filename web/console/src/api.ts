import { Api } from "../../shared/api/client";
import type { components, paths } from "../../shared/api/internal";
import { language } from "../../shared/i18n/language.svelte";
import { connection } from "../../shared/state/connection.svelte";
import { session } from "./session.svelte";

type Schemas = components["schemas"];
export type Account = Schemas["StaffAccount"];
export type Ticket = Schemas["DeskTicket"];
export type Topic = Ticket["topic"];
export type Priority = Ticket["priority"];
export type Role = Account["role"];
export type Summary = Schemas["SummaryView"];
export type Figures = Schemas["Figures"];
export type Export = Schemas["ExportView"];
export type Message = Schemas["DeskMessage"];
export type NewReply = Schemas["NewReply"];
export type Patch = Schemas["Patch"];
export type HistoryEntry = Schemas["HistoryEntry"];
export type CustomerCard = Schemas["CustomerCard"];
export type CodeWanted = Schemas["CodeWanted"];
export type StaffEntry = Schemas["StaffEntry"];
export type StaffChange = Schemas["StaffChange"];
export type Person = Schemas["Person"];
export type Form = Schemas["Form"];
export type CannedReply = Schemas["CannedReplyView"];
export type NewCannedReply = Schemas["NewCannedReply"];
export type PasswordReset = Schemas["PasswordResetGiven"];
export type AuditEntry = Schemas["AuditEntryView"];
export type Webhook = Schemas["WebhookView"];
export type NewWebhook = Schemas["NewWebhook"];
export type WebhookChange = Schemas["WebhookChange"];
export type WebhookTest = Schemas["WebhookTest"];
export type Invitation = Schemas["InvitationMade"];

/** The internal API. */
export const api = new Api<paths>(new URL("v1/", document.baseURI), {
  language: () => language.current,
  signInAgain: () => session.signInAgain(),
  reached: (isReached) => connection.reached(isReached),
});
