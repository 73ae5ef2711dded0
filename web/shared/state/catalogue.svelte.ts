import { language } from "../i18n/language.svelte";

type Labels = Readonly<Record<string, string>>;

/** What both APIs say of the operator's choices. */
interface Form {
  readonly topics: readonly { readonly name: string; readonly label: Labels }[];
  readonly priorities: readonly { readonly name: string; readonly label: Labels }[];
  readonly statuses: readonly { readonly name: string; readonly label: Labels }[];
}

/** What the operator offers: topics, priorities, states with their labels, and limits; read once. */
export class Catalogue<Offered extends Form> {
  form = $state.raw<Offered | null>(null);

  constructor(private readonly read: () => Promise<Offered>) {}

  async load(): Promise<void> {
    this.form ??= await this.read();
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

/** The label in the language of the page; the bare name until labels are known. */
function label(things: readonly { readonly name: string; readonly label: Labels }[] | undefined, name: string): string {
  return things?.find((thing) => thing.name === name)?.label[language.current] ?? name;
}
