import type { SyncRefusal } from "#server/app/head-office.ts";
import type { Result } from "#shared/std/result.ts";

/** The makers of a procedure's typed errors, by code. */
type ErrorsFor<Code extends string> = { readonly [Each in Code]: () => Error };

/**
 * The answer of a use case, or its refusal thrown as the contract's error of the same code.
 * A refusal that the procedure's contract does not name does not compile.
 */
export function valueOf<Value, Code extends string>(
  result: Result<Value, { readonly code: Code }>,
  errors: ErrorsFor<NoInfer<Code>>,
): Value {
  if (result.ok) return result.value;
  throw errors[result.error.code]();
}

/**
 * The reply of an act. Its refusals are shared with the wire, where codes are text: the makers answer to any code, and an error that the
 * contract does not name is not `defined`, and the gate reports it as a fault of ours.
 */
export function replyOf<Reply>(acted: Result<Reply, SyncRefusal>, errors: object): Reply {
  if (acted.ok) return acted.value;
  throw wireErrorOf(acted.error, errors);
}

function wireErrorOf({ code, data }: SyncRefusal, errors: object): Error {
  const makers = errors as Readonly<Record<string, (options: { data: unknown }) => Error>>;
  return makers[code]?.({ data }) ?? new Error(`no error is made for ${code}`);
}
