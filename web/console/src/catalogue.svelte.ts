import { language } from "../../shared/i18n/language.svelte";
import { api, type Form } from "./api";

/** What the operator offers: topics, priorities, states with their labels, and limits. */
class Catalogue {
  form = $state.raw<Form | null>(null);

  async load(): Promise<void> {
    this.form ??= await api.get("/form");
  }

  topic(name: string): string {
    return label(this.form?.topics, name);
  }

  priority(name: string): string {
    return label(this.form?.priorities, name);
  }

  status(name: string): string {
    return label(this.form?.statuses, name);
  }
}

export const catalogue = new Catalogue();

/** The label in the language of the page; the bare name until labels are known. */
function label(things: readonly { name: string; label: Readonly<Record<string, string>> }[] | undefined, name: string): string {
  return things?.find((thing) => thing.name === name)?.label[language.current] ?? name;
}
