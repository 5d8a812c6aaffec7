/** A tag of 125 kHz says five bytes. */
export const uidDigits = 10;

const mark = "EM";

/**
 * The card number of a tag: its UID behind a mark. One UID in a hundred is all decimal digits; without the mark it could be
 * the number on somebody's stripe.
 *
 * @param uid ten hexadecimal digits, upper case
 */
export const tagNumberOf = (uid: string): string => mark + uid;

/** @returns the UID in a card number as `tagNumberOf` makes it, however it was typed; undefined when it is none */
export function uidIn(cardNumber: string): string | undefined {
  const text = cardNumber.toUpperCase();
  return /^EM[0-9A-F]{10}$/.test(text) ? text.slice(mark.length) : undefined;
}
