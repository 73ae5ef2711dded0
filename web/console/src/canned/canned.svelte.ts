import { api, type CannedReply, type NewCannedReply } from "../api";

/** Prepared texts that all agents share. */
class CannedReplies {
  items = $state.raw<readonly CannedReply[] | null>(null);

  async load(): Promise<void> {
    this.items = (await api.get("/canned-replies")).items;
  }

  reset(): void {
    this.items = null;
  }

  /** Those for a topic that have all the words. */
  offered(topic: string, words: string): readonly CannedReply[] {
    const wanted = plain(words).split(/\s+/);
    return (this.items ?? []).filter((reply) => {
      const text = plain(`${reply.title} ${reply.body}`);
      return (reply.topic === null || reply.topic === topic) && wanted.every((word) => text.includes(word));
    });
  }

  /** A new one, or another text for one that is there. */
  async save(id: string | null, text: NewCannedReply): Promise<void> {
    if (id === null) await api.post("/canned-replies", { body: text });
    else await api.patch("/canned-replies/{reply_id}", { path: { reply_id: id }, body: text });
    await this.load();
  }

  async remove(id: string): Promise<void> {
    await api.delete("/canned-replies/{reply_id}", { path: { reply_id: id } });
    await this.load();
  }
}

export const cannedReplies = new CannedReplies();

/** Letters that differ only by keyboard are the same to whoever searches. */
function plain(text: string): string {
  return text.toLowerCase().replace(/ي/g, "ی").replace(/ك/g, "ک").replace(/\u200c/g, " ").trim();
}
