type AmountFault = "empty" | "notANumber" | "tooManyDecimals" | "zero" | "tooLarge";
export type ParsedAmount = { readonly ok: true; readonly amountFen: number } | { readonly ok: false; readonly fault: AmountFault };

/** The contract's limit for one purchase, in fen. */
const amountFenMax = 100_000_000_000;

/** Full-width figures become plain, an ideographic full stop typed for a decimal point counts as one, and spaces go. */
export const plainFigures = (text: string): string => text.normalize("NFKC").replaceAll("。", ".").replace(/\s/g, "");

/**
 * Reads an amount of yuan as a clerk types it: `128`, `128.5`, `１２８．５０`, `￥1,280.00`, `128元`.
 *
 * @returns the amount in fen, computed on the figures themselves, since 0.07 × 100 is not 7 in floating point
 */
export function parseAmount(text: string): ParsedAmount {
  const typed = plainFigures(text)
    .replace(/^[¥￥]/, "")
    .replace(/元$/, "");
  if (typed === "") return { ok: false, fault: "empty" };
  const match = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/.exec(typed);
  if (!match) return { ok: false, fault: "notANumber" };
  const [, yuan = "", fraction = ""] = match;
  if (fraction.length > 2) return { ok: false, fault: "tooManyDecimals" };
  const amountFen = Number(yuan.replaceAll(",", "")) * 100 + Number(fraction.padEnd(2, "0"));
  if (amountFen === 0) return { ok: false, fault: "zero" };
  if (amountFen > amountFenMax) return { ok: false, fault: "tooLarge" };
  return { ok: true, amountFen };
}

/** @returns a quantity of 1 to 9999, full-width figures included, or undefined for anything else */
export function parseQuantity(text: string): number | undefined {
  const typed = plainFigures(text);
  const quantity = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
  return quantity >= 1 ? quantity : undefined;
}
