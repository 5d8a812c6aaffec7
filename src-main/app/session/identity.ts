import { Fault } from "#main/app/ports/fault.ts";
import type { StationIdentity } from "#main/app/ports/exchange-store.ts";
import type { Reading } from "#main/app/ports/store.ts";

/** Who this station is. @throws Fault `NOT_ENROLLED` when nobody told it yet */
export function requireIdentity(view: Pick<Reading, "identity">): StationIdentity {
  const self = view.identity();
  if (!self) throw new Fault("NOT_ENROLLED");
  return self;
}
