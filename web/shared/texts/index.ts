import { language } from "../i18n/language.svelte";
import { en } from "./en";
import { fa, type KitTexts } from "./fa";

const DICTIONARIES = { fa, en };

/** The kit's texts in the language of the page. */
export function kit(): KitTexts {
  return DICTIONARIES[language.current];
}
