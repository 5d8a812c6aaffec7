import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { Random } from "#main/app/ports/random.ts";

export const systemRandom: Random = { bytes: (length) => randomBytes(length), uuid: () => uuidv7() };
