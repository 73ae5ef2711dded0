// Vazirmatn with the letters of Persian and English alone: one file for all weights.
import { readFile } from "node:fs/promises";

import subsetFont from "subset-font";

import { writeChanged } from "./write.mjs";

/** @type {Record<string, [number, number][]>} */
const RANGES = {
  arabic: [
    [0x060c, 0x060c],
    [0x061b, 0x061f],
    [0x0621, 0x063a],
    [0x0640, 0x0656],
    [0x0660, 0x066c],
    [0x0670, 0x0670],
    [0x067e, 0x067e],
    [0x0686, 0x0686],
    [0x0698, 0x0698],
    [0x06a9, 0x06af],
    [0x06be, 0x06cc],
    [0x06d5, 0x06d5],
    [0x06f0, 0x06f9],
    [0x200b, 0x200f],
  ],
  latin: [
    [0x0020, 0x007e],
    [0x00a0, 0x00bb],
    [0x00d7, 0x00d7],
    [0x2010, 0x2026],
    [0x2039, 0x203a],
    [0x2212, 0x2212],
  ],
};
const SOURCE = "../node_modules/@fontsource-variable/vazirmatn/files";

for (const [name, ranges] of Object.entries(RANGES)) {
  const font = await readFile(new URL(`${SOURCE}/vazirmatn-${name}-wght-normal.woff2`, import.meta.url));
  const text = ranges.flatMap(([first, last]) => range(first, last)).join("");
  const subset = await subsetFont(font, text, { targetFormat: "woff2", variationAxes: { wght: { min: 400, max: 700 } } });
  await writeChanged(new URL(`../shared/styles/vazirmatn-${name}.woff2`, import.meta.url), subset);
}

/**
 * @param {number} first
 * @param {number} last
 */
function range(first, last) {
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
}
