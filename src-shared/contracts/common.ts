import { z } from "zod";
import { roles } from "#shared/domain/staff/roles.ts";

export type { LocalName } from "#shared/domain/names/local-name.ts";

/** One id per intent of the operator, minted when the form opens; sending it again returns the first outcome. */
export const requestId = z.uuidv7();
/** For a procedure that is asked with nothing: a field that somebody adds is refused and not passed over. */
export const nothing = z.strictObject({}).optional();
/** Whole points. */
export const points = z.int().nonnegative();
/** Money in fen. */
export const amountFen = z.int().nonnegative();
/** A calendar or business date, `YYYY-MM-DD`. */
export const date = z.iso.date();
/** An instant in milliseconds since 1970 UTC. */
export const instantMs = z.int();

/** The identity of the signed-in person and what they may do, as the renderer needs it to draw controls; main checks again. */
export const operatorView = z.strictObject({
  staffId: z.string(),
  userName: z.string(),
  displayName: z.string(),
  role: z.enum(roles),
  permissions: z.array(z.string()),
});
export type OperatorView = z.infer<typeof operatorView>;
