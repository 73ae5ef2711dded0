import { groupedNumber } from "../../../shared/i18n/ticketNumber";
import { leftToRight } from "./leftToRight";

/** The number inside a sentence, in the digits of the page. */
export function numberInText(number: string): string {
  return leftToRight(groupedNumber(number));
}
