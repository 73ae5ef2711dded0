/** The language of the page: Persian unless something else was chosen on this device. */

export type Language = "fa" | "en";

export const LANGUAGES: readonly Language[] = ["fa", "en"];
const DIRECTIONS: Readonly<Record<Language, "rtl" | "ltr">> = { fa: "rtl", en: "ltr" };
const KEY = "language";

class ChosenLanguage {
  #current = $state<Language>(remembered() ?? "fa");

  constructor() {
    this.#show();
  }

  get current(): Language {
    return this.#current;
  }

  get direction(): "rtl" | "ltr" {
    return DIRECTIONS[this.#current];
  }

  choose(language: Language): void {
    this.#current = language;
    try {
      localStorage.setItem(KEY, language);
    } catch {
      // storage may be closed to us; the choice then lasts as long as the page
    }
    this.#show();
  }

  /** The language of the account, for a device on which nobody has chosen one. */
  suggest(language: string): void {
    if (remembered() || !isLanguage(language)) return;
    this.#current = language;
    this.#show();
  }

  #show(): void {
    document.documentElement.lang = this.#current;
    document.documentElement.dir = this.direction;
  }
}

export const language = new ChosenLanguage();

/** Whether the text names a language of ours. */
export function isLanguage(text: unknown): text is Language {
  return text === "fa" || text === "en";
}

function remembered(): Language | null {
  try {
    const stored = localStorage.getItem(KEY);
    return isLanguage(stored) ? stored : null;
  } catch {
    return null;
  }
}
