import type { Texts } from "./fa";

/** What the console says, in English. */
export const en: Texts = {
  name: "Support desk",
  soon: "The agents' desk is being built.",
};
