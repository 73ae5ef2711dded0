const MARK = "\u200e";

/** After Persian letters the groups of a number would stand in the wrong order (UAX #9, rule W2); a mark before it keeps them. */
export function leftToRight(number: string): string {
  return MARK + number;
}
