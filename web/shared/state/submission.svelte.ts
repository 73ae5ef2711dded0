import { tick } from "svelte";

import { Problem } from "../api/errors";

/** A form on its way: busy while it is sent once, then what was wrong, by field and as a whole. */
export class Submission {
  isBusy = $state(false);
  error = $state.raw<unknown>(null);
  fields = $state.raw<Readonly<Record<string, string>>>({});

  /** Send, unless it is being sent; resolves to whether it succeeded. */
  async run(send: () => Promise<unknown>): Promise<boolean> {
    if (this.isBusy) return false;
    this.isBusy = true;
    this.clear();
    try {
      await send();
      return true;
    } catch (error) {
      this.#explain(error);
      return false;
    } finally {
      this.isBusy = false;
    }
  }

  /** Mark fields before anything is sent; tells whether all is well. */
  check(found: Readonly<Record<string, string | undefined>>): boolean {
    const wrong = Object.entries(found).filter((entry): entry is [string, string] => Boolean(entry[1]));
    this.clear();
    this.fields = Object.fromEntries(wrong);
    return wrong.length === 0;
  }

  /** What is wrong with one field. */
  mark(field: string, message: string): void {
    this.fields = { ...this.fields, [field]: message };
    this.error = null;
  }

  /** The field is being corrected. */
  unmark(field: string): void {
    const { [field]: _, ...others } = this.fields;
    this.fields = others;
  }

  clear(): void {
    this.error = null;
    this.fields = {};
  }

  /** Errors of fields stand beside them; the rest is told as a whole. */
  #explain(error: unknown): void {
    const fields = error instanceof Problem ? error.fields : {};
    this.fields = fields;
    this.error = Object.keys(fields).length ? null : error;
  }
}

/** After a refusal, the first field that is wrong takes the focus: as soon as it is marked, before the next key is pressed. */
export async function focusFirstWrong(form: HTMLElement | undefined): Promise<void> {
  await tick();
  const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  const control = wrong?.matches("fieldset") ? wrong.querySelector<HTMLElement>("input") : wrong;
  control?.focus();
}
