import type { z } from "zod";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { Effect } from "./effect.ts";
import type { Author, EntityRef, Operation } from "./operation.ts";

/**
 * All that the system knows of one type of operation, declared beside the area it belongs to: its data, which of it is personal,
 * who may write it, what it is about, and what it does. What it does is pure, so that station and head office do the same.
 */
type Declaration<D, P> = {
  readonly type: string;
  readonly version: number;
  readonly writtenBy: Author;
  /** True when it moves points or binds cards. */
  readonly isMoneyLike: boolean;
  readonly data: z.ZodType<D>;
  /** Personal data, kept apart from the body so that it can be erased without breaking the chain; undefined when there is none. */
  readonly personal?: z.ZodType<P>;
  /** @param opId for what has no other name than the operation that made it */
  readonly entity: (d: D, opId: string) => EntityRef;
  /** The member whose ledger, cards or profile it touches, if any. */
  readonly memberId: (d: D) => string | null;
  readonly effects: (op: Operation<D, P>) => readonly Effect[];
};

/** What an operation is about, and what it does. */
export type OperationMeaning = { readonly entity: EntityRef; readonly memberId: string | null; readonly effects: readonly Effect[] };

/** A body that does not say what its type promises; `field` is the path of the first wrong field. */
export type BadOperation = { readonly code: "UNKNOWN_TYPE" | "BAD_DATA"; readonly field: string };

/** A declared type, as the log, the wire and the books use it. */
export type OperationType<D = unknown, P = unknown> = {
  readonly type: string;
  readonly version: number;
  readonly writtenBy: Author;
  readonly isMoneyLike: boolean;
  /** Checks the data and says what the operation is about and what it does. */
  readonly read: (op: Operation) => Result<OperationMeaning, BadOperation>;
  readonly data: z.ZodType<D>;
  readonly personal: z.ZodType<P> | undefined;
};

/** Data that were checked, by the body they stand in: a judgement asks for those of one operation a dozen times. */
const checkedData = new WeakMap<object, { readonly schema: unknown; readonly data: unknown }>();

/** The data of an operation that is of this type, undefined for any other. @throws ZodError for one that was never checked and is bad */
export function dataOf<D>(op: Operation, type: Pick<OperationType<D>, "type" | "data">): D | undefined {
  if (op.type !== type.type) return undefined;
  const known = checkedData.get(op.body);
  if (known?.schema === type.data) return known.data as D;
  const data = type.data.parse(op.body.d);
  checkedData.set(op.body, { schema: type.data, data });
  return data;
}

/** Makes a type of operation of its declaration. */
export function declareOperation<D, P = undefined>(declaration: Declaration<D, P>): OperationType<D, P> {
  const { type, version, writtenBy, isMoneyLike, data, personal } = declaration;
  return {
    type,
    version,
    writtenBy,
    isMoneyLike,
    data,
    personal,
    read(op) {
      const d = data.safeParse(op.body.d);
      if (!d.success) return err({ code: "BAD_DATA", field: `d.${d.error.issues[0]?.path.join(".") ?? ""}` });
      checkedData.set(op.body, { schema: data, data: d.data });
      // An erased person leaves no personal part behind; the operation still does what it did to the ledger.
      const p = op.personal === undefined ? undefined : personal?.safeParse(op.personal);
      if (op.personal !== undefined && !personal) return err({ code: "BAD_DATA", field: "personal" });
      if (p && !p.success) return err({ code: "BAD_DATA", field: `personal.${p.error.issues[0]?.path.join(".") ?? ""}` });
      const read: Operation<D, P> = { ...op, body: { ...op.body, d: d.data }, personal: p?.data };
      return ok({
        entity: declaration.entity(d.data, op.opId),
        memberId: declaration.memberId(d.data),
        effects: declaration.effects(read),
      });
    },
  };
}
