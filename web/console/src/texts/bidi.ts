/** Marks that keep texts of two directions apart (UAX #9); they cannot be seen. */

const LEFT_TO_RIGHT_MARK = "\u200e";
const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

/** A number in groups: after Persian letters its groups would stand in the wrong order (rule W2). */
export function leftToRight(number: string): string {
  return LEFT_TO_RIGHT_MARK + number;
}

/** A name or another foreign text inside a sentence: neither turns the other around. */
export function isolated(text: string): string {
  return FIRST_STRONG_ISOLATE + text + POP_ISOLATE;
}
