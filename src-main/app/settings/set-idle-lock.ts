import { ok, type Result } from "#shared/std/result.ts";
import type { Ports } from "#main/app/ports/ports.ts";

/** Sets after how many untouched minutes this counter locks itself. */
export const makeSetIdleLock =
  ({ store }: Pick<Ports, "store">) =>
  ({ minutes }: { readonly minutes: number }): Result<Record<never, never>, never> =>
    store.write((tx) => {
      tx.keepIdleLock(minutes);
      return ok({});
    });
