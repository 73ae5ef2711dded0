import { Api } from "../../shared/api/client";
import type { components, paths } from "../../shared/api/internal";
import { language } from "../../shared/i18n/language.svelte";
import { connection } from "../../shared/state/connection.svelte";

export type Schemas = components["schemas"];

export const api = new Api<paths>(new URL("v1/", document.baseURI), {
  language: () => language.current,
  signInAgain: () => Promise.resolve(false),
  reached: (isReached) => connection.reached(isReached),
});
