import { dataOf } from "#shared/domain/operations/declare.ts";
import { shiftClose } from "#shared/domain/shift/ops.ts";
import type { LoggedOperation } from "#main/app/ports/store.ts";
import type { Meta } from "./meta.ts";
import type { makeOperations } from "./operations.ts";

/** Where the open shift begins: the log has the closes, and this the name of the last one. */
export function makeShifts(meta: Meta, operations: ReturnType<typeof makeOperations>) {
  const last = (): LoggedOperation | undefined => {
    const shiftId = meta.text("lastShift");
    return shiftId === undefined ? undefined : operations.find(shiftId);
  };
  return {
    closed: (shiftId: string): void => meta.put("lastShift", shiftId),
    last,
    sinceMs: (types: readonly string[]): number | null => {
      const close = last();
      const upTo = close && dataOf(close, shiftClose)?.upTo;
      const after = upTo === undefined ? 0 : (operations.find(upTo)?.seq ?? 0);
      return operations.firstAfter(after, types) ?? null;
    },
  };
}
