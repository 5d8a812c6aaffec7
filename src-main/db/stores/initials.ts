import { pinyin } from "pinyin-pro";

/**
 * First letters by which a clerk finds a name: 王小明 gives `wxm`, Anna Lee gives `al`.
 * Stored when the row is written: a million names at look-up would take seconds.
 */
export function initialsOf(name: string): string {
  const letters = pinyin(name, { pattern: "first", toneType: "none", type: "array", nonZh: "consecutive", surname: "head" });
  return letters
    .flatMap((part) => part.split(/[\s·.-]+/))
    .map((part) => part.slice(0, 1))
    .join("")
    .toLowerCase();
}
