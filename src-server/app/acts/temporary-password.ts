import type { Machine } from "#server/app/ports/machine.ts";

/** No letter that is read as another one, on paper or over the telephone. */
const letters = "0123456789abcdefghjkmnpqrstvwxyz";
const groups = 3;
const lettersInGroup = 4;

/** 60 random bits in three groups of four letters: to be read out once, and good against guessing until it is changed. */
export function newTemporaryPassword({ random }: Pick<Machine, "random">): string {
  const text = Array.from(random(groups * lettersInGroup), (byte) => letters[byte % letters.length]).join("");
  return (text.match(new RegExp(`.{${lettersInGroup}}`, "g")) ?? []).join("-");
}
