import { err, ok, type Result } from "#shared/std/result.ts";
import type { CardKind } from "./card-kind.ts";
import { hasValidLuhn } from "./luhn.ts";
import { tagNumberOf, uidIn } from "./tag-number.ts";

/** What tells a kind's numbers from a bank's or a fuel company's. */
export type CardPattern = Pick<CardKind, "kind" | "prefix" | "length" | "check"> & Partial<Pick<CardKind, "media">>;

/** The data between the sentinels of each track that was read. */
export type CardTracks = { readonly 1?: string; readonly 2?: string; readonly 3?: string };

/** A card as it reaches the counter: from the stripe, from a tag, or typed from its face. */
export type CardInput = { readonly tracks: CardTracks } | { readonly uid: string } | { readonly typedNumber: string };

export type IdentifiedCard = { readonly cardNumber: string; readonly kind: string };

/** Holds nothing of what was read: what is not ours may be somebody's bank card. */
export type CardRefusal = { readonly code: "CARD_NOT_RECOGNISED" };

/**
 * Tells a member card from everything else that fits the slot.
 *
 * Every track may hold `number` or `number=rest`. A number is ours when prefix and length are those of a configured
 * kind and its check digit agrees. Two tracks that name two members are no answer: a guess would charge a stranger.
 * A tag holds one number, its UID, and its frame has been checked.
 *
 * @returns the number and the kind, or `CARD_NOT_RECOGNISED` for a bank card, a bad check digit and a number outside
 *   our ranges alike, without any part of it
 */
export function identifyCard(input: CardInput, kinds: readonly CardPattern[]): Result<IdentifiedCard, CardRefusal> {
  const recognised = numbersOf(input).flatMap((number) => recogniseNumber(number, kinds) ?? []);
  const [first] = recognised;
  if (!first || recognised.some((other) => other.cardNumber !== first.cardNumber)) return err({ code: "CARD_NOT_RECOGNISED" });
  return ok(first);
}

function numbersOf(input: CardInput): readonly string[] {
  if ("uid" in input) return [tagNumberOf(input.uid)];
  // People read a number aloud and type it in groups.
  if ("typedNumber" in input) return [input.typedNumber.replaceAll(" ", "")];
  return [input.tracks[2], input.tracks[1], input.tracks[3]].flatMap((track) => track?.split("=", 1) ?? []);
}

function recogniseNumber(number: string, kinds: readonly CardPattern[]): IdentifiedCard | undefined {
  const uid = uidIn(number);
  if (uid !== undefined) {
    const kind = kindOf(uid, kinds, "em4100");
    return kind && { cardNumber: tagNumberOf(uid), kind: kind.kind };
  }
  if (!/^[0-9]+$/.test(number)) return undefined;
  const kind = kindOf(number, kinds, "magstripe");
  if (!kind || (kind.check === "luhn" && !hasValidLuhn(number))) return undefined;
  return { cardNumber: number, kind: kind.kind };
}

function kindOf(digits: string, kinds: readonly CardPattern[], medium: "magstripe" | "em4100"): CardPattern | undefined {
  // A range inside a range belongs to its own kind, with that kind's check: the longest prefix decides, and it alone.
  return kinds
    .filter(({ media = "magstripe", prefix, length }) => media === medium && digits.startsWith(prefix) && digits.length === length)
    .toSorted((a, b) => b.prefix.length - a.prefix.length)[0];
}
