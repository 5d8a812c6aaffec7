import { pinyin } from "pinyin-pro";

/** One spelling by which a name is found; `at` counts the syllables or words left out before it, 0 for the whole name. */
export type NameKey = { readonly key: string; readonly at: number };

/**
 * The spellings by which a clerk finds a name: 王小明 by `wangxiaoming`, `xiaoming`, `ming` and `wxm`, Anna Lee by `annalee`, `lee` and
 * `al`. They are stored when the row is written: a million names at look-up would take seconds.
 *
 * A surname with several readings has keys under each: 单 is Shan as a surname, and whoever does not know types Dan.
 */
export function nameKeysOf(name: string): readonly NameKey[] {
  const [first = [], ...rest] = syllablesOf(name);
  const keys = new Map<string, number>();
  const put = (key: string, at: number): void => void (key !== "" && !keys.has(key) && keys.set(key, at));
  for (const reading of first) {
    const whole = [reading, ...rest.map(([usual = ""]) => usual)];
    put(whole.join(""), 0);
    put(whole.map((syllable) => syllable.slice(0, 1)).join(""), 0);
    for (let at = 1; at < whole.length; at += 1) put(whole.slice(at).join(""), at);
  }
  return [...keys].map(([key, at]) => ({ key, at }));
}

/** How the whole name is spelled, once for each reading of the surname; none for less than two syllables. */
export function spellingsOf(name: string): readonly string[] {
  const [first = [], ...rest] = syllablesOf(name);
  return rest.length === 0 ? [] : first.map((reading) => [reading, ...rest.map(([usual = ""]) => usual)].join(""));
}

/** What a clerk typed, as keys are written; undefined when it holds anything but letters. Input methods put apostrophes between syllables. */
export function asNameKey(typed: string): string | undefined {
  const letters = typed.toLowerCase().replaceAll(/[\s'’·-]/g, "");
  return /^[a-z]+$/.test(letters) ? letters : undefined;
}

/** The readings of each syllable or word, the likeliest first. */
function syllablesOf(name: string): readonly (readonly string[])[] {
  const likely = pinyin(name, { toneType: "none", type: "array", nonZh: "consecutive", surname: "head", v: true });
  const firstCharacter = name.slice(0, 1);
  const others = /\p{Script=Han}/u.test(firstCharacter)
    ? pinyin(firstCharacter, { toneType: "none", type: "array", multiple: true, v: true })
    : [];
  return likely
    .flatMap((part) => part.split(/[\s·.-]+/))
    .map((part) =>
      part
        .normalize("NFD")
        .toLowerCase()
        .replaceAll(/[^a-z]/g, ""),
    )
    .filter((part) => part !== "")
    .map((part, position) => (position === 0 ? [...new Set([part, ...others])] : [part]));
}
