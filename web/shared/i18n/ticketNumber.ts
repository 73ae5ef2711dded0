import { digits } from "./digits";

/** The number as people read it over the phone: `4821-9370-57`, in the digits of the page. */
export function groupedNumber(number: string): string {
  return digits(plainGroupedNumber(number));
}

/** The number in groups and ASCII digits, as it is copied. */
export function plainGroupedNumber(number: string): string {
  return `${number.slice(0, 4)}-${number.slice(4, 8)}-${number.slice(8)}`;
}
