/** Where the built site goes: `web_site` serves it from there. */
export const SITE = new URL("../../layers/site/", import.meta.url);
