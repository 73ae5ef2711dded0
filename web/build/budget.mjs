// What a phone has to load, and the most that it may be: the build fails when the panel grows past it.
import { readdir, stat } from "node:fs/promises";

import { SITE } from "./paths.mjs";

/** @type {Record<string, number>} */
const MOST = { panel: 60 * 1024, console: 120 * 1024 };

for (const [app, most] of Object.entries(MOST)) {
  const script = await total(app, ".js.gz");
  const line = `${app}: JavaScript ${kilobytes(script)} gzip, ${kilobytes(await total(app, ".js.br"))} brotli of at most`;
  console.log(`${line} ${kilobytes(most)}; styles ${kilobytes(await total(app, ".css.br"))}; fonts ${kilobytes(await total(app, ".woff2"))}`);
  if (script > most) throw new Error(`The ${app} is too heavy: ${script} bytes of compressed JavaScript, at most ${most}.`);
}

/**
 * @param {string} app
 * @param {string} ending
 */
async function total(app, ending) {
  const folder = new URL(`${app}/`, SITE);
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(ending));
  const sizes = await Promise.all(names.map(async (name) => (await stat(new URL(name, folder))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
