import { kit } from "../texts";
import { formatNumber } from "./digits";

const KILOBYTE = 1024;
const MEGABYTE = KILOBYTE * KILOBYTE;

/** A size in bytes as people read it. */
export function formatSize(bytes: number): string {
  if (bytes < MEGABYTE) return kit().kilobytes(formatNumber(Math.max(1, Math.round(bytes / KILOBYTE))));
  return kit().megabytes(formatNumber(Math.round((bytes / MEGABYTE) * 10) / 10));
}
