import type { ErrorMap } from "@orpc/contract";
import type { z } from "zod";
import type { Permission } from "#shared/domain/staff/roles.ts";
import { atHeadOffice } from "../base.ts";
import { refusals } from "../refusals.ts";

/**
 * An act: what only head office may do, whoever asks for it and wherever. Declared once; the procedure of a station, the procedure of
 * head office's own contract, the check of what comes over the wire and the types of its handler all follow from it.
 */
export type ActType<
  Type extends string = string,
  Input extends z.ZodType<object> = z.ZodType<object>,
  Reply extends z.ZodType = z.ZodType,
  Refusals extends ErrorMap = ErrorMap,
> = {
  /** Its name on the wire. */
  readonly type: Type;
  /** What the person needs, looked up at head office when the act arrives there. */
  readonly permission: Permission;
  /** With a `requestId`, the intent's id: the act is done once under it, however often it arrives. A question has none. */
  readonly input: Input;
  readonly reply: Reply;
  /** How this act may be refused; what any act may be refused for is added to them. */
  readonly refusals: Refusals;
  /** It only asks: nothing is written, nor remembered. */
  readonly isQuestion?: true;
  /** Only a station can prepare what it asks for, so head office's own contract does not offer it. */
  readonly isPreparedAtStation?: true;
  /** What of a reply may be stored, and is the answer to a repetition. Left out: all of it. */
  kept?(reply: z.output<Reply>): z.output<Reply>;
};

export type InputOf<A extends ActType> = z.output<A["input"]>;
export type ReplyOf<A extends ActType> = z.output<A["reply"]>;
/** The refusals of an act as values: the code, and beside it the facts. */
export type RefusalOf<A extends ActType> = ValuesOf<A["refusals"]>;
type ValuesOf<Refusals> = {
  [Code in keyof Refusals & string]: Refusals[Code] extends { readonly data: infer Facts extends z.ZodType }
    ? { readonly code: Code } & z.output<Facts>
    : { readonly code: Code };
}[keyof Refusals & string];

export const declareAct = <
  const Type extends string,
  Input extends z.ZodType<object>,
  Reply extends z.ZodType,
  const Refusals extends ErrorMap,
>(
  act: ActType<Type, Input, Reply, Refusals>,
): ActType<Type, Input, Reply, Refusals> => act;

const anyAct = refusals("REQUEST_ID_REUSED");

/** The procedure by which an act is asked for, at a station or at head office itself. */
export const procedureOf = <Type extends string, Input extends z.ZodType<object>, Reply extends z.ZodType, Refusals extends ErrorMap>({
  type,
  input,
  reply,
  refusals: own,
}: ActType<Type, Input, Reply, Refusals>) =>
  atHeadOffice.meta({ where: "headOffice", act: type }).input(input).output(reply).errors(own).errors(anyAct);
