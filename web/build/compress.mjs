// Beside each text asset, what a browser gets instead: brotli and gzip, made once with the greatest effort.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { SITE } from "./paths.mjs";

const TEXT = /\.(?:js|css|svg|json|webmanifest)$/;
const SMALLEST = 512;

for (const app of ["panel", "console"]) {
  const folder = new URL(`${app}/`, SITE);
  for (const name of await readdir(folder, { recursive: true })) {
    if (TEXT.test(name)) await compress(new URL(name, folder));
  }
}

/** @param {URL} file */
async function compress(file) {
  const content = await readFile(file);
  if (content.length < SMALLEST) return;
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await writeFile(new URL(`${file}.br`), brotliCompressSync(content, { params }));
  await writeFile(new URL(`${file}.gz`), gzipSync(content, { level: 9 }));
}
