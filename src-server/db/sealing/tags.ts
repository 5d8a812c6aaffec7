import type { RecordKey } from "#server/app/ports/record-store.ts";
import type { JsonObject } from "#shared/std/json.ts";
import type { Seal } from "./seal.ts";

/** Digits in a row by which a part of a phone is found. Fewer would say too much about the phone to whoever counts tags. */
const phonePieceDigits = 4;

/** Every run of so many characters in the text. */
function piecesOf(text: string, length: number): readonly string[] {
  const characters = Array.from(text);
  return characters.slice(length - 1).map((_, i) => characters.slice(i, i + length).join(""));
}

/** A person says a user name in capitals or not; it is the same account. */
export const userNameTag = (seal: Seal, userName: string): string => seal.tag("userName", userName.toLowerCase());
export const phoneTag = (seal: Seal, phone: string): string => seal.tag("phone", phone);
export const failedTryTag = (seal: Seal, subject: string): string => seal.tag("failed try", subject);
const namePieceTag = (seal: Seal, piece: string): string => pieceTag(seal, "name", piece);
const phonePieceTag = (seal: Seal, piece: string): string => pieceTag(seal, "phone piece", piece);

/** Pieces are few and come again with every person: four digits are ten thousand, names begin with some hundred. */
const pieceTags = new WeakMap<Seal, Map<string, string>>();
const pieceTagsMax = 65_536;

function pieceTag(seal: Seal, field: string, piece: string): string {
  const known = pieceTags.get(seal) ?? new Map<string, string>();
  pieceTags.set(seal, known);
  const key = `${field}:${piece}`;
  const tag = known.get(key) ?? seal.tag(field, piece);
  if (known.size >= pieceTagsMax) known.clear();
  known.set(key, tag);
  return tag;
}

/**
 * Tags by which a name is found that holds the text somewhere. A name with all of them may still not hold it: look at the opened one.
 *
 * @returns undefined when the text is too short to be looked for
 */
export function tagsInName(seal: Seal, text: string): readonly string[] | undefined {
  const pieces = piecesOf(text, Math.min(2, Array.from(text).length));
  return pieces.length === 0 ? undefined : pieces.map((piece) => namePieceTag(seal, piece));
}

/** As `tagsInName`, for a phone. */
export function tagsInPhone(seal: Seal, text: string): readonly string[] | undefined {
  const pieces = piecesOf(text, phonePieceDigits);
  return pieces.length === 0 ? undefined : pieces.map((piece) => phonePieceTag(seal, piece));
}

/** What a record is found by, though it is sealed. Sorted, so that their order says nothing about the text. */
export function tagsOf(seal: Seal, kind: RecordKey["kind"], doc: JsonObject): readonly string[] | null {
  if (kind === "staff") return typeof doc.userName === "string" ? [userNameTag(seal, doc.userName)] : null;
  if (kind !== "member") return null;
  const name = typeof doc.name === "string" ? doc.name : "";
  const phones = Array.isArray(doc.phones) ? doc.phones.map(String) : [];
  const tags = [
    ...[1, 2].flatMap((length) => piecesOf(name, length)).map((piece) => namePieceTag(seal, piece)),
    ...phones.map((phone) => phoneTag(seal, phone)),
    ...phones.flatMap((phone) => piecesOf(phone, phonePieceDigits)).map((piece) => phonePieceTag(seal, piece)),
  ];
  return [...new Set(tags)].toSorted();
}
