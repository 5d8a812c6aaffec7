import { z } from "zod";

const id = z.string().max(64);
/**
 * A call: its path, its input, and neither method nor headers, by which the library would read forms and files, which no contract has;
 * or the end of a call. Streams flow only from the station.
 */
const callMessage = z.union([
  z.strictObject({ i: id, p: z.strictObject({ u: z.string().startsWith("/"), b: z.unknown() }) }),
  z.strictObject({ i: id, t: z.literal(4) }),
]);

/**
 * Looks at a message before the call library does. What it cannot read it would throw into the void, or print with the beginning of
 * what was sent; so whoever sends such a thing is cut off instead.
 */
export function isCallMessage(data: unknown): boolean {
  if (typeof data !== "string") return false;
  try {
    return callMessage.safeParse(JSON.parse(data)).success;
  } catch {
    return false;
  }
}
