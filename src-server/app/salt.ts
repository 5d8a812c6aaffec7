import type { Machine } from "#server/app/ports/machine.ts";

const saltBytes = 16;

/** What keeps the personal part of an operation from being guessed by its digest. */
export const newSalt = ({ random }: Pick<Machine, "random">): string => Buffer.from(random(saltBytes)).toString("base64");
