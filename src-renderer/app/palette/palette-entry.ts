import { texts, type MessageKey } from "../intl/catalogue.ts";

/** One thing that the palette can do. */
export type PaletteEntry = {
  readonly id: string;
  readonly title: MessageKey;
  /** The key that does the same. */
  readonly cap?: string | undefined;
  /** Undefined while there is no member to do it to. */
  readonly run: (() => void) | undefined;
};

/**
 * Whether an entry is called what was typed, in either language: whoever thinks of "sync" need not know how the screen says it.
 *
 * @param typed NFKC-normalised and trimmed
 */
export function isCalled({ title, cap }: Pick<PaletteEntry, "title" | "cap">, typed: string): boolean {
  const wanted = typed.toLowerCase();
  return cap?.toLowerCase() === wanted || texts[title].some((name) => saysSo(name.toLowerCase(), wanted));
}

const spaced = (text: string): string => ` ${text.replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim()}`;

/** Chinese has no spaces, so any part of a name is a word of it; Latin letters count from the beginning of a word, whatever stands between. */
function saysSo(name: string, wanted: string): boolean {
  if (/\p{Script=Han}/u.test(wanted)) return name.includes(wanted);
  const words = spaced(wanted);
  return words !== " " && spaced(name).includes(words);
}
