import { api, type NewWebhook, type Webhook, type WebhookChange, type WebhookTest } from "../api";

/** Who is told of events, for administrators. */
export class Subscriptions {
  items = $state.raw<readonly Webhook[] | null>(null);

  async load(): Promise<void> {
    this.items = (await api.get("/webhooks")).items;
  }

  /** A new one; resolves to the secret, which is told this once. */
  async add(body: NewWebhook): Promise<string> {
    const { secret, ...made } = await api.post("/webhooks", { body });
    this.items = [...(this.items ?? []), made];
    return secret;
  }

  async change(id: string, body: WebhookChange): Promise<void> {
    this.#show(await api.patch("/webhooks/{webhook_id}", { path: { webhook_id: id }, body }));
  }

  /** Another secret; resolves to it, which is told this once. */
  async rotate(id: string): Promise<string> {
    const { secret, ...rotated } = await api.post("/webhooks/{webhook_id}/secret", { path: { webhook_id: id } });
    this.#show(rotated);
    return secret;
  }

  async resume(id: string): Promise<void> {
    this.#show(await api.post("/webhooks/{webhook_id}/resume", { path: { webhook_id: id } }));
  }

  test(id: string): Promise<WebhookTest> {
    return api.post("/webhooks/{webhook_id}/test", { path: { webhook_id: id } });
  }

  async remove(id: string): Promise<void> {
    await api.delete("/webhooks/{webhook_id}", { path: { webhook_id: id } });
    this.items = this.items?.filter((webhook) => webhook.id !== id) ?? null;
  }

  #show(changed: Webhook): void {
    this.items = this.items?.map((webhook) => (webhook.id === changed.id ? changed : webhook)) ?? null;
  }
}
