import { keep, kept } from "../../../shared/state/storage";
import { session } from "../session.svelte";
import { keyName } from "./keyName";

/** What keys do: one key ("j"), or two after each other ("g q"). */
export type Bindings = Readonly<Record<string, () => void>>;

const STORED = "desk-shortcuts";
const FIELDS = "input, textarea, select, [contenteditable]";
const PAUSE = 1500;

/** Shortcuts of one key. They rest while somebody writes or a window is open, and can be switched off. */
class Keys {
  #isOn = $state(kept<boolean>(localStorage, STORED) ?? true);
  #bindings: Bindings[] = [];
  #first = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  get isOn(): boolean {
    return this.#isOn;
  }

  set isOn(isOn: boolean) {
    this.#isOn = isOn;
    keep(localStorage, STORED, isOn);
  }

  /** From now on until the returned function is called; of two for the same key the later one is taken. */
  use(bindings: Bindings): () => void {
    this.#bindings = [bindings, ...this.#bindings];
    return () => (this.#bindings = this.#bindings.filter((other) => other !== bindings));
  }

  handle(event: KeyboardEvent): void {
    const name = this.#rests(event) ? null : keyName(event);
    if (name === null) return;
    const typed = this.#first ? `${this.#first} ${name}` : name;
    const run = this.#find(typed);
    this.#remember(run ? "" : typed);
    if (!run) return;
    event.preventDefault();
    run();
  }

  #find(typed: string): (() => void) | undefined {
    return this.#bindings.find((bindings) => typed in bindings)?.[typed];
  }

  /** The first of two keys counts for a moment. */
  #remember(typed: string): void {
    clearTimeout(this.#timer);
    const isBeginning = this.#bindings.some((bindings) => Object.keys(bindings).some((keys) => keys.startsWith(`${typed} `)));
    this.#first = typed && isBeginning ? typed : "";
    this.#timer = setTimeout(() => (this.#first = ""), PAUSE);
  }

  #rests(event: KeyboardEvent): boolean {
    const isWriting = event.target instanceof Element && event.target.closest(FIELDS) !== null;
    return !this.#isOn || session.state !== "in" || event.defaultPrevented || isWriting || isWindowOpen();
  }
}

export const keys = new Keys();

function isWindowOpen(): boolean {
  return document.querySelector("dialog[open]") !== null;
}
