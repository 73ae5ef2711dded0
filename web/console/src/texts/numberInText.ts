import { groupedNumber } from "../../../shared/i18n/ticketNumber";
import { leftToRight } from "./bidi";

/** The number of a ticket inside a sentence, in the digits of the page. */
export function numberInText(number: string): string {
  return leftToRight(groupedNumber(number));
}
