/**
 * The check digit that every member number ends with (ISO/IEC 7812-1, annex B).
 *
 * A stripe carries no check of its own on a serial line: of the single flipped bits in a 12-digit track 2, more than
 * a third still read as a good track. Luhn catches every changed digit and every swap of neighbours but 09 and 90.
 */
function luhnSum(digits: string): number {
  let sum = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight += 1) {
    const digit = Number(digits[digits.length - 1 - fromRight]);
    const weighted = fromRight % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum;
}

/** @param digits the number without its check digit, decimal digits only
 *  @returns the one digit to put behind it */
export function luhnCheckDigit(digits: string): string {
  return String((10 - (luhnSum(`${digits}0`) % 10)) % 10);
}

/** @param number the number with its check digit; anything but two or more decimal digits is not valid */
export function hasValidLuhn(number: string): boolean {
  return /^[0-9]{2,}$/.test(number) && luhnSum(number) % 10 === 0;
}
