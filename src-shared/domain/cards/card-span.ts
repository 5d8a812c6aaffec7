import type { CardKind } from "./card-kind.ts";
import { luhnCheckDigit } from "./luhn.ts";

/** Card numbers of one kind that follow each other, as printed; both ends belong to it. */
export type CardSpan = { readonly first: string; readonly last: string };
type Numbering = Pick<CardKind, "prefix" | "length" | "check">;

/** The span between two cards of a box, whichever of them was swiped first. */
export const spanBetween = (a: string, b: string): CardSpan => (a <= b ? { first: a, last: b } : { first: b, last: a });

/** Numbers of one kind are equally long, so the order of their digits is the order of their values. */
export const isWithin = (cardNumber: string, { first, last }: CardSpan): boolean =>
  cardNumber.length === first.length && first <= cardNumber && cardNumber <= last;

export const doOverlap = (a: CardSpan, b: CardSpan): boolean => a.first.length === b.first.length && a.first <= b.last && b.first <= a.last;

/** How many cards a span counts. */
export const cardsIn = (kind: Numbering, span: CardSpan): number => countOf(serialsOf(kind, span));

/**
 * What is left of some spans when others are taken away. Spans that overlap count once: a box that was received at two counters lies in
 * one drawer all the same.
 *
 * @returns spans whose ends bound the numbers left; an end need not carry the right check digit
 */
export function spansLeft(kind: Numbering, from: readonly CardSpan[], taken: readonly CardSpan[]): readonly CardSpan[] {
  const gone = taken.map((span) => serialsOf(kind, span));
  const left = gone.reduce(
    (still, away) => still.flatMap((serials) => without(serials, away)),
    united(from.map((span) => serialsOf(kind, span))),
  );
  return left.map(([first, last]) => ({ first: boundOf(kind, first, "0"), last: boundOf(kind, last, "9") }));
}

/**
 * The lowest card of a span that is nobody's. Cards are handed out from the front of a box, so it is found by halving.
 *
 * @param bound how many cards from one number to another are somebody's, ends included
 * @returns undefined where all are somebody's
 */
export function firstFree(kind: Numbering, span: CardSpan, bound: (part: CardSpan) => number): string | undefined {
  const [first, last] = serialsOf(kind, span);
  let [low, high] = [first, last];
  while (low <= high) {
    const middle = (low + high) / 2n;
    const front = { first: boundOf(kind, first, "0"), last: boundOf(kind, middle, "9") };
    if (bound(front) === countOf([first, middle])) low = middle + 1n;
    else high = middle - 1n;
  }
  return low > last ? undefined : numberOf(kind, low);
}

/** First and last of what counts up from card to card: nineteen digits are more than a number holds. */
type Serials = readonly [first: bigint, last: bigint];

const serialsOf = (kind: Numbering, { first, last }: CardSpan): Serials => [serialOf(kind, first), serialOf(kind, last)];
const serialOf = ({ prefix, check }: Numbering, cardNumber: string): bigint =>
  BigInt(cardNumber.slice(prefix.length, check === "none" ? undefined : -1));
const countOf = ([first, last]: Serials): number => Number(last - first) + 1;

function numberOf(kind: Numbering, serial: bigint): string {
  const digits = boundOf(kind, serial, "0");
  return kind.check === "none" ? digits : digits.slice(0, -1) + luhnCheckDigit(digits.slice(0, -1));
}

function boundOf({ prefix, length, check }: Numbering, serial: bigint, checkDigit: "0" | "9"): string {
  const checkDigits = check === "none" ? "" : checkDigit;
  return prefix + String(serial).padStart(length - prefix.length - checkDigits.length, "0") + checkDigits;
}

function united(all: readonly Serials[]): readonly Serials[] {
  const apart: Serials[] = [];
  for (const serials of all.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const before = apart.at(-1);
    if (before && serials[0] <= before[1]) apart[apart.length - 1] = [before[0], serials[1] > before[1] ? serials[1] : before[1]];
    else apart.push(serials);
  }
  return apart;
}

function without([first, last]: Serials, [goneFirst, goneLast]: Serials): readonly Serials[] {
  if (goneLast < first || last < goneFirst) return [[first, last]];
  const before: Serials[] = first < goneFirst ? [[first, goneFirst - 1n]] : [];
  const after: Serials[] = goneLast < last ? [[goneLast + 1n, last]] : [];
  return [...before, ...after];
}
