import { readFile, writeFile } from "node:fs/promises";

/**
 * Write a file unless it stands there already, so that nothing is built again for nothing.
 * @param {URL} file
 * @param {string | Buffer} content
 */
export async function writeChanged(file, content) {
  const wanted = Buffer.from(content);
  const present = await readFile(file).catch(() => null);
  if (!present?.equals(wanted)) await writeFile(file, wanted);
}
