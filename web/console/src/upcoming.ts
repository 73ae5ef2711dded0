import type { paths as PublicPaths } from "../../shared/api/public";
import type { components } from "../../shared/api/internal";

/** Paths of the internal API in the shape agreed on; the generated types take over as soon as they have one. */

export interface CannedReply {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** None: it is offered for every topic. */
  readonly topic: string | null;
}

type CannedText = Omit<CannedReply, "id">;
type Json<Body> = { content: { "application/json": Body } };
type ById<Name extends string> = { path: { readonly [N in Name]: string } };

export interface Upcoming extends Pick<PublicPaths, "/form"> {
  "/canned-replies": {
    get: { parameters: { query?: { topic?: string } }; responses: { 200: Json<{ readonly items: readonly CannedReply[] }> } };
    post: { parameters: object; requestBody: Json<CannedText>; responses: { 201: Json<CannedReply> } };
  };
  "/canned-replies/{reply_id}": {
    patch: { parameters: ById<"reply_id">; requestBody: Json<Partial<CannedText>>; responses: { 200: Json<CannedReply> } };
    delete: { parameters: ById<"reply_id">; responses: { 204: unknown } };
  };
  "/customers/{customer_id}": {
    get: { parameters: ById<"customer_id">; responses: { 200: Json<components["schemas"]["CustomerCard"]> } };
  };
}
