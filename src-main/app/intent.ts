import { sameJson } from "#shared/std/json.ts";
import type { OperationType } from "#shared/domain/operations/declare.ts";
import type { LoggedOperation } from "#main/app/ports/store.ts";

/**
 * A request id that returns: the same intent is answered with its first outcome, another one under the same id is refused.
 *
 * @param asked the fields of the request that the operation repeats in its data or personal part
 */
export function isSameIntent(
  earlier: LoggedOperation,
  type: Pick<OperationType, "type">,
  asked: Readonly<Record<string, unknown>>,
): boolean {
  const written = { ...(earlier.body.d as Record<string, unknown>), ...(earlier.personal as Record<string, unknown> | undefined) };
  return earlier.type === type.type && Object.entries(asked).every(([field, value]) => sameJson(written[field], value));
}
