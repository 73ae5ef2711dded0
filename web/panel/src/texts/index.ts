import { language } from "../../../shared/i18n/language.svelte";
import { en } from "./en";
import { fa, type Texts } from "./fa";

const DICTIONARIES = { fa, en };

/** The panel's texts in the language of the page. */
export function t(): Texts {
  return DICTIONARIES[language.current];
}
